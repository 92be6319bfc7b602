/** Whether a key goes into a field or an open layer, so that a shortcut must leave it alone. */
export function isTyping(event: Event): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input, textarea, select, [role="textbox"]') ||
    target.closest('[role="dialog"], [role="menu"], .cm-editor') !== null
  );
}
