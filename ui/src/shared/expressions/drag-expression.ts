/** Kind of the data that is dragged from a table or JSON view onto a field: an expression without its braces. */
export const expressionDragType = 'application/x-wfaib-expression';

/** `$json.a.b`, with brackets where a name is no identifier. */
export function pathExpression(root: string, path: readonly (string | number)[]): string {
  return path.reduce<string>((expression, part) => {
    if (typeof part === 'number') return `${expression}[${part}]`;
    return /^[A-Za-z_$][\w$]*$/.test(part) ? `${expression}.${part}` : `${expression}[${JSON.stringify(part)}]`;
  }, root);
}

/** The name of the value that an expression leads to, the last one of its path; none for a whole item. */
export function lastNameOf(expression: string): string {
  const path = expression.replace(/^\$json|^\$\(.*?\)\.item\.json/, '');
  const [, plain, quoted] = /(?:\.([A-Za-z_$][\w$]*)|\[("(?:[^"\\]|\\.)*")\])(?:\[\d+\])*$/.exec(path) ?? [];
  return plain ?? (quoted === undefined ? '' : (JSON.parse(quoted) as string));
}

/** Begins to drag an expression. Elsewhere than in a field it is dropped as text. */
export function startExpressionDrag(event: React.DragEvent, expression: string): void {
  event.dataTransfer.setData(expressionDragType, expression);
  event.dataTransfer.setData('text/plain', `{{ ${expression} }}`);
  event.dataTransfer.effectAllowed = 'copy';
  // Fields that take it are outlined meanwhile.
  const page = document.documentElement;
  page.dataset['dragging'] = 'expression';
  event.currentTarget.addEventListener('dragend', () => delete page.dataset['dragging'], { once: true });
}
