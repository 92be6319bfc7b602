/** Something a person can ask the editor for: by key, in the command bar, in a menu. There is one list of them. */
export interface Command {
  id: string;
  label: string;
  section: 'Steps' | 'Edit' | 'Test' | 'Workflow' | 'View';
  /** As people read it; the first of several is the one that menus show. Example: `Ctrl+Shift+Z, Ctrl+Y`. */
  keys?: string;
  /** `everywhere`: while typing too. `canvas`: not while the focus is in the step panel. @defaultValue 'editor' */
  heard?: 'everywhere' | 'editor' | 'canvas';
  /** In which context menu it stands. */
  menu?: 'step' | 'canvas' | 'both';
  danger?: boolean;
  /** It changes the workflow: it is off while somebody else edits. */
  changes?: true;
  /** Whether it makes sense at the moment. */
  isOn?(): boolean;
  run(): void;
}

/** The commands as they are for who may edit only now and then. */
export const withTurn = (commands: readonly Command[], isReadOnly: () => boolean): Command[] =>
  commands.map((command) =>
    command.changes ? { ...command, isOn: () => !isReadOnly() && (command.isOn?.() ?? true) } : command,
  );

export const canRun = (command: Command) => command.isOn?.() ?? true;

/** The command a pressed key asks for. */
export function commandFor(
  commands: readonly Command[],
  key: string,
  place: 'typing' | 'panel' | 'canvas',
): Command | undefined {
  return commands.find(({ keys, heard = 'editor', isOn }) => {
    if (place === 'typing' && heard !== 'everywhere') return false;
    if (place === 'panel' && heard === 'canvas') return false;
    return keysOf(keys).includes(key) && (isOn?.() ?? true);
  });
}

const keysOf = (keys = '') => keys.split(', ').map((key) => key.toLowerCase().replace('esc', 'escape'));
