import type TypeScript from 'typescript';

/** Attributes that people read or hear. */
const spoken = new Set(['title', 'label', 'placeholder', 'aria-label', 'alt', 'description', 'intro', 'heading']);

/** Texts with letters in them that a file puts before people without asking the catalogs; names and addresses aside. */
export function hardCodedTexts(ts: typeof TypeScript, name: string, code: string): string[] {
  const found: string[] = [];
  const note = (text: string) => {
    const words = text.trim();
    if (/\p{L}{2,}/u.test(words) && words !== 'WFAIB' && !words.startsWith('/')) found.push(words);
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (spoken.has(node.name.getText())) note(node.initializer.text);
    }
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.initializer)) {
      if (spoken.has(node.name.getText())) note(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}
