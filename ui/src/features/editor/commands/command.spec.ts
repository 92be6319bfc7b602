import { expect, it } from 'vitest';
import { canRun, commandFor, withTurn } from './command.js';
import type { Command } from './command.js';
import { keyName } from './key-name.js';

const pressed = (key: string, held: Partial<KeyboardEvent> = {}) =>
  keyName({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

it('names keys the way commands do', () => {
  expect(pressed('Z', { ctrlKey: true, shiftKey: true })).toBe('ctrl+shift+z');
  expect(pressed('?', { shiftKey: true })).toBe('?');
  expect(pressed('†', { altKey: true, shiftKey: true, code: 'KeyT' })).toBe('shift+alt+t');
  expect(pressed('s', { metaKey: true })).toBe('ctrl+s');
});

it('hears a key only where its command is meant', () => {
  const command = (id: string, keys: string, rest: Partial<Command> = {}): Command => ({
    id,
    label: id,
    section: 'Edit',
    keys,
    run: () => {},
    ...rest,
  });
  const commands = [
    command('save', 'Ctrl+S', { heard: 'everywhere' }),
    command('undo', 'Ctrl+Z'),
    command('delete', 'Delete, Backspace', { heard: 'canvas' }),
    command('off', 'X', { isOn: () => false }),
  ];
  const ids = (place: Parameters<typeof commandFor>[2]) =>
    ['ctrl+s', 'ctrl+z', 'backspace', 'x'].map((key) => commandFor(commands, key, place)?.id);
  expect(ids('canvas')).toEqual(['save', 'undo', 'delete', undefined]);
  expect(ids('panel')).toEqual(['save', 'undo', undefined, undefined]);
  expect(ids('typing')).toEqual(['save', undefined, undefined, undefined]);
});

it('switches off what changes the workflow while somebody else edits, by key and in menus', () => {
  let isReadOnly = true;
  const command = (id: string, rest: Partial<Command>): Command => ({
    id,
    label: id,
    section: 'Edit',
    run: () => {},
    ...rest,
  });
  const commands = withTurn(
    [command('delete', { keys: 'Delete', changes: true }), command('copy', { keys: 'C' })],
    () => isReadOnly,
  );
  expect(commands.filter(canRun).map(({ id }) => id)).toEqual(['copy']);
  expect(commandFor(commands, 'delete', 'canvas')).toBeUndefined();
  isReadOnly = false;
  expect(commandFor(commands, 'delete', 'canvas')?.id).toBe('delete');
});
