import { expect, it } from 'vitest';
import { change, redo, startHistory, undo } from './history.js';

interface Note {
  text: string;
  tags: string[];
}

const start = () => startHistory<Note>({ text: '', tags: [] });
const type = (history: ReturnType<typeof start>, text: string, at: number) =>
  change(history, (draft) => void (draft.text = text), { label: 'Type', coalesce: 'text', at });

it('takes a change back and does it again', () => {
  const one = change(start(), (draft) => void draft.tags.push('a'), { label: 'Tag', at: 0 });
  const back = undo(one);
  expect(back.document.tags).toEqual([]);
  expect(redo(back).document.tags).toEqual(['a']);
});

it('is the very same document again after undo of everything', () => {
  const first = start();
  expect(undo(type(first, 'x', 0)).document).toEqual(first.document);
});

it('makes typing in one field one step until there is a pause', () => {
  let history = type(type(type(start(), 'a', 0), 'ab', 300), 'abc', 900);
  expect(history.past).toHaveLength(1);
  history = type(history, 'abcd', 3_000);
  expect(history.past).toHaveLength(2);
  expect(undo(history).document.text).toBe('abc');
  expect(undo(undo(history)).document.text).toBe('');
});

it('does not glue new typing to a step that was done again', () => {
  const again = redo(undo(type(start(), 'a', 0)));
  expect(type(again, 'ab', 100).past).toHaveLength(2);
});

it('forgets what was undone once something else is changed', () => {
  const history = type(undo(type(start(), 'a', 0)), 'b', 10);
  expect(history.future).toEqual([]);
  expect(redo(history).document.text).toBe('b');
});

it('takes the changes of a recipe, whatever it answers', () => {
  const answering = (draft: { text: string }) => (draft.text = 'new');
  expect(change(start(), answering, { label: 'Answering', at: 0 }).document.text).toBe('new');
});

it('records nothing for a change that changes nothing', () => {
  const history = start();
  expect(change(history, () => {}, { label: 'Nothing', at: 0 })).toBe(history);
});
