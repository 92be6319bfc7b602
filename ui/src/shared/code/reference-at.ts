/** `$('Step')` and `$node["Step"]`, the name being the second group. */
export const referencePattern = () => /\$(?:\(\s*|node\[\s*)(['"`])((?:\\.|(?!\1).)*)\1\s*[)\]]/g;

/** Name of the step that is referred to at a position of a text. */
export function referenceAt(text: string, position: number): string | undefined {
  for (const match of text.matchAll(referencePattern())) {
    if (position < match.index || position > match.index + match[0].length) continue;
    return match[2]?.replace(/\\(.)/g, '$1');
  }
  return undefined;
}
