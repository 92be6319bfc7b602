import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, EditorView, ViewUpdate } from '@codemirror/view';

const mark = Decoration.mark({ class: 'cm-wf-expression' });

/** Sets `{{ … }}` apart from the text around it. */
export const expressionHighlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = marks(view);
    }

    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = marks(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function marks(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const match of view.state.doc.toString().matchAll(/\{\{[\s\S]*?\}\}/g)) {
    builder.add(match.index, match.index + match[0].length, mark);
  }
  return builder.finish();
}
