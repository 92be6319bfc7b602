export interface Shortcut {
  keys: string;
  does: string;
}

/** Every key of the editor, as the sheet shows it. */
export const shortcuts: Shortcut[] = [
  { keys: 'N', does: 'Add a step' },
  { keys: 'Enter', does: 'Open the step' },
  { keys: 'Esc', does: 'Close the panel, then clear the selection' },
  { keys: 'F2', does: 'Rename' },
  { keys: 'D', does: 'Disable or enable' },
  { keys: 'P', does: 'Pin or unpin the output' },
  { keys: 'Delete', does: 'Delete' },
  { keys: 'Ctrl+Backspace', does: 'Delete and reconnect' },
  { keys: 'Ctrl+Z', does: 'Undo' },
  { keys: 'Ctrl+Shift+Z, Ctrl+Y', does: 'Redo' },
  { keys: 'Ctrl+C, X, V', does: 'Copy, cut, paste' },
  { keys: 'Ctrl+D', does: 'Duplicate' },
  { keys: 'Ctrl+A', does: 'Select all' },
  { keys: '← → ↑ ↓', does: 'Go to the step before, after, beside' },
  { keys: 'Shift+← →', does: 'Select everything before, after' },
  { keys: 'Alt+← → ↑ ↓', does: 'Move the selection by 16 px' },
  { keys: '[ ]', does: 'Previous, next step in the order of a run' },
  { keys: 'Ctrl+Enter', does: 'Test the workflow' },
  { keys: 'Shift+Enter', does: 'Run up to the selected step' },
  { keys: 'Ctrl+.', does: 'Stop the test' },
  { keys: 'Ctrl+S', does: 'Save now' },
  { keys: 'Ctrl+Shift+P', does: 'Publish' },
  { keys: '+ − 0 1 2', does: 'Zoom: in, out, 100 %, all, selection' },
  { keys: 'Shift+Alt+T', does: 'Tidy up' },
  { keys: 'G, then W R C S', does: 'Go to workflows, runs, credentials, settings' },
  { keys: '?', does: 'This table' },
];
