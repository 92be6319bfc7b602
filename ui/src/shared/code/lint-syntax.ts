import { syntaxTree } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { t } from '../i18n/i18n.js';

const most = 20;

/** Where the code does not parse. */
export function lintSyntax(view: EditorView): Diagnostic[] {
  const found: Diagnostic[] = [];
  syntaxTree(view.state).iterate({
    enter: ({ type, from, to }) => {
      if (!type.isError || found.length >= most) return;
      const line = view.state.doc.lineAt(from);
      const end = to > from ? to : Math.min(line.to, from + 1);
      found.push({
        from: Math.min(from, Math.max(line.from, end - 1)),
        to: end,
        severity: 'error',
        message:
          to > from
            ? t('code.unexpected', { text: view.state.sliceDoc(from, Math.min(to, from + 20)) })
            : t('code.missing'),
      });
    },
  });
  return found;
}
