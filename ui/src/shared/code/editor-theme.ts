import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** One look for light and dark: every colour is a variable of the page. */
export const editorTheme = [
  EditorView.theme({
    '&': { fontSize: '12px', backgroundColor: 'transparent', color: 'var(--ink)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-content': { fontFamily: 'var(--font-mono)', padding: '4px 0', caretColor: 'var(--ink)' },
    '.cm-line': { padding: '0 2px' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px' },
    '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--faint)' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--accent) 22%, transparent) !important',
    },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-placeholder': { color: 'var(--faint)' },
    '.cm-wf-expression': { backgroundColor: 'var(--accent-soft)', borderRadius: '3px', color: 'var(--accent)' },
    '.cm-wf-reference': {
      borderRadius: '3px',
      boxShadow: '0 0 0 1px color-mix(in srgb, var(--accent) 40%, transparent)',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--surface)',
      border: '1px solid var(--line)',
      borderRadius: '8px',
      boxShadow: 'var(--shadow)',
      overflow: 'hidden',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxHeight: '220px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '18px' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--ink)' },
    '.cm-completionDetail': { color: 'var(--faint)', fontStyle: 'normal', marginLeft: '8px' },
    '.cm-completionInfo': { padding: '6px 8px', maxWidth: '280px', fontFamily: 'var(--font-sans)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--needs-you)' },
      { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--ok)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--retrying)' },
      { tag: [tags.comment], color: 'var(--faint)', fontStyle: 'italic' },
      { tag: [tags.propertyName, tags.function(tags.variableName)], color: 'var(--accent)' },
      { tag: [tags.typeName, tags.className], color: 'var(--waiting)' },
    ]),
  ),
];
