import type TypeScript from 'typescript';

/** Attributes and properties that people read or hear, whatever is in them. */
const spoken = new Set([
  'title',
  'label',
  'placeholder',
  'aria-label',
  'alt',
  'description',
  'intro',
  'heading',
  'help',
]);
/** Attributes that hold names for the program. */
const unspoken = /^(className|style|id|htmlFor|key|type|role|rel|target|to|from|search|params|kind|d|viewBox|data-.*)$/;
/** What stands in these is written as it is typed, in every language. */
const verbatim = new Set(['code', 'kbd']);
/** Every word has a hyphen: names of classes. */
const classNames = /^[a-z]+(-\w+)+( [a-z]+(-\w+)+)+$/;
const keyNames =
  /^(Enter|Escape|Tab|Backspace|Delete|Arrow\w+|Home|End|Page(Up|Down)|Shift|Control|Meta|Alt|Ctrl|Space)\b/;

/** Texts with words in them that a file puts before people without asking the catalogs. */
export function hardCodedTexts(ts: typeof TypeScript, name: string, code: string): string[] {
  const found: string[] = [];
  const note = (text: string) => {
    const words = text.trim();
    if (/\p{L}{2,}/u.test(words.replaceAll('WFAIB', '')) && !/^[/${]/.test(words) && !classNames.test(words))
      found.push(words);
  };
  const noteWords = (text: string) => readsLikeWords(text) && note(text);

  const isSpoken = ({ parent }: TypeScript.Node) =>
    (ts.isJsxAttribute(parent) || ts.isPropertyAssignment(parent)) && spoken.has(parent.name.getText());

  const visit = (node: TypeScript.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isJsxAttribute(node) && unspoken.test(node.name.getText())) return;
    if (ts.isJsxElement(node) && verbatim.has(node.openingElement.tagName.getText())) return;
    if (ts.isPropertyAssignment(node)) return visit(node.initializer);
    if (isComparison(ts, node)) return;
    if (ts.isJsxText(node)) note(node.text);
    else if (ts.isStringLiteralLike(node)) (isSpoken(node) ? note : noteWords)(node.text);
    else if (ts.isTemplateExpression(node)) {
      const text = [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((part) => part.text).join('…');
      (isSpoken(node) ? note : noteWords)(text);
    }
    ts.forEachChild(node, visit);
  };
  const kind = name.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  visit(ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, kind));
  return found;
}

/** A word with a capital, or words with gaps between them; names of classes, paths and keys do not read like that. */
function readsLikeWords(text: string): boolean {
  if (
    keyNames.test(text) ||
    /^\p{Lu}\p{Ll}+\p{Lu}\w+$/u.test(text) ||
    /[[\]<>=_#]|\w-\w+-|\b(font|text|bg|border|wf)-\w|var\(--|px\b|\w:\w|\w\/\w/.test(text)
  )
    return false;
  return /^["“‘(]?\p{Lu}\p{Ll}+/u.test(text) || /\p{L}{2,},? \p{L}{2,}|… \p{L}{3,}|\p{L}{3,}:? …/u.test(text);
}

function isComparison(ts: typeof TypeScript, node: TypeScript.Node): boolean {
  if (ts.isCaseClause(node)) return false;
  return ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText()) && ts.isStringLiteral(node.right);
}
