import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';

interface CodeMirrorOptions {
  value: string;
  onChange(value: string): void;
  /** Takes the focus when it is made, with the caret behind the text. */
  autoFocus?: boolean;
  /** Read once, when the editor is made. */
  extensions: Extension;
}

/** Keeps a CodeMirror editor and a value in step; typing never moves the caret, a value from outside replaces the text. */
export function useCodeMirror({ value, onChange, autoFocus = false, extensions }: CodeMirrorOptions) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(onChange);
  latest.current = onChange;
  const start = useRef({ value, extensions, autoFocus });

  // In the same step as the page changes: whoever is typing must not lose a key in between.
  useLayoutEffect(() => {
    if (!place.current) return;
    const listener = EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((transaction) => transaction.isUserEvent('outside'))) {
        latest.current(update.state.doc.toString());
      }
    });
    // As inputs are, inside of a fieldset that is switched off.
    const isOff = place.current.closest('fieldset:disabled') !== null;
    const off = isOff ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [];
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({ doc: start.current.value, extensions: [off, start.current.extensions, listener] }),
    });
    view.current = editor;
    if (start.current.autoFocus) {
      editor.dispatch({ selection: { anchor: editor.state.doc.length } });
      editor.focus();
    }
    return () => {
      start.current = { ...start.current, value: editor.state.doc.toString() };
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    const { doc, selection } = editor.state;
    // The caret stays where it was, seen from the end: whoever is typing goes on there.
    const anchor = Math.max(0, value.length - (doc.length - selection.main.head));
    editor.dispatch({
      changes: changeBetween(doc.toString(), value),
      selection: { anchor },
      userEvent: 'outside',
    });
  }, [value]);

  return { place, view };
}

/** Only what differs: of what stays, the editor still knows which brackets it closed by itself. */
function changeBetween(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
