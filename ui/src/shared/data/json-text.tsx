import { Fragment } from 'react';
import { pathExpression, startExpressionDrag } from '../expressions/drag-expression.js';
import { jsonLines } from './json-lines.js';
import { t } from '../i18n/i18n.js';

/** JSON with keys that can be dragged onto a field. */
export function JsonText({ text, root }: { text: string; root: string | undefined }) {
  if (!root) return text;
  return jsonLines(text).map(({ before, key, after, path }, index) => (
    <Fragment key={index}>
      {before}
      {key !== undefined && (
        <span
          draggable
          title={t('data.drag')}
          onDragStart={(event) => startExpressionDrag(event, pathExpression(root, path))}
          className="cursor-grab rounded text-accent hover:bg-accent-soft"
        >
          {key}
        </span>
      )}
      {after}
      {'\n'}
    </Fragment>
  ));
}
