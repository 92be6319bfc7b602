/** Kind of the data that is dragged from a table or JSON view onto a field: an expression without its braces. */
export const expressionDragType = 'application/x-wfaib-expression';

/** `$json.a.b`, with brackets where a name is no identifier. */
export function pathExpression(root: string, path: readonly (string | number)[]): string {
  return path.reduce<string>((expression, part) => {
    if (typeof part === 'number') return `${expression}[${part}]`;
    return /^[A-Za-z_$][\w$]*$/.test(part) ? `${expression}.${part}` : `${expression}[${JSON.stringify(part)}]`;
  }, root);
}
