// Runs before the first paint, so that a dark page never flashes white. A file, because the content policy forbids inline code.
(function () {
  var choice = 'system';
  try {
    choice = localStorage.getItem('wfaib.theme') || 'system';
  } catch {
    // Storage may be switched off; the system's choice is fine then.
  }
  var dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
