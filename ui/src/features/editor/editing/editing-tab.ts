import { newId } from '../../../shared/hooks/new-id.js';

const storageName = 'wfaib.tab';

/**
 * Name of this browser tab. It outlives a reload: the page writes it down when it goes and takes it back when it comes, so
 * that a duplicated tab, which gets a copy of the storage of a living one, finds nothing there.
 */
export const editingTab: string = takeName() ?? newId();

window.addEventListener('pagehide', () => write(editingTab));
window.addEventListener('pageshow', () => void takeName());

function takeName(): string | undefined {
  try {
    const name = sessionStorage.getItem(storageName) ?? undefined;
    sessionStorage.removeItem(storageName);
    return name;
  } catch {
    return undefined;
  }
}

function write(name: string): void {
  try {
    sessionStorage.setItem(storageName, name);
  } catch {
    // Where storage is switched off a reload is a new tab.
  }
}
