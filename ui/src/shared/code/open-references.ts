import { MatchDecorator, Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import { referenceAt, referencePattern } from './reference-at.js';
import { t } from '../i18n/i18n.js';

const chips = () =>
  new MatchDecorator({
    regexp: referencePattern(),
    decoration: Decoration.mark({ class: 'cm-wf-reference', attributes: { title: t('code.follow') } }),
  });

/** References to other steps look like chips; clicked with Ctrl they lead there. */
export function openReferences(open: (name: string) => void): Extension {
  return [
    ViewPlugin.fromClass(
      class {
        decorations: DecorationSet;
        chips = chips();
        constructor(view: EditorView) {
          this.decorations = this.chips.createDeco(view);
        }
        update(update: ViewUpdate) {
          this.decorations = this.chips.updateDeco(update, this.decorations);
        }
      },
      { decorations: (plugin) => plugin.decorations },
    ),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        const at = event.ctrlKey || event.metaKey ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null;
        const name = at === null ? undefined : referenceAt(view.state.doc.toString(), at);
        if (name === undefined) return false;
        event.preventDefault();
        open(name);
        return true;
      },
    }),
  ];
}
