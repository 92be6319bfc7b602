import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { saysEnough } from '../../ui/src/shared/i18n/recognise.js';

const root = join(import.meta.dirname, '../..');

/** Where errors come from that a step, a run or the preview of an expression can show. */
const speakers = [
  'sdk/src',
  'ui/src/shared/expressions',
  ...['connectors', 'egress', 'interpreter', 'nodes', 'plan', 'sandbox'].map((room) => `server/src/${room}`),
  ...['children', 'rehearsal', 'replay', 'runner', 'steps', 'temporal/foreign'].map(
    (part) => `server/src/engine/${part}`,
  ),
  ...readdirSync(join(root, 'plugins')).map((plugin) => `plugins/${plugin}/src`),
];

/** A text in parts: what is written, and the expressions whose values are filled in. */
type Pieces = readonly (string | ts.Expression)[];
type TextsOf = (expression: ts.Expression) => Pieces[];

/** What `typeof` answers for values that can be named in a message. */
const typeNames = ['string', 'number', 'boolean', 'bigint', 'symbol', 'function', 'undefined'];

const sources = new Map(
  [...speakers.flatMap((folder) => filesIn(folder)), ...filesIn('server/src', /\.(schemas|types)\.ts$/)].map((file) => [
    file,
    parsed(file, readFileSync(file, 'utf8')),
  ]),
);
const calls = callsByName();

/**
 * The English texts of errors, as they are put together in the sources: `There is no field {{1}}.` Where a place is filled
 * with words, these are texts of their own, and part of the text where it would say too little without them.
 */
export function saidInErrors(): string[] {
  const said = new Set<string>();
  for (const source of sources.values())
    eachNode(source, (node) => {
      const isWithin = ts.isNewExpression(node) && node.expression.getText() === 'FormatError';
      for (const expression of messagesIn(node)) for (const pieces of textsOf(expression)) note(pieces, said, isWithin);
    });
  // One word is a name, unless somebody gives it a meaning.
  return [...said].filter((text) => / /.test(text.trim()) && /\p{L}{2}/u.test(text.replace(/\{\{\w+\}\}/g, '')));
}

function filesIn(folder: string, pattern = /(?<!\.spec|\.test-support|\.d)\.ts$/): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !name.startsWith('testing/'))
    .map((name) => join(root, folder, name));
}

/** What runs inside the sandbox is written as one text: it is read as the code it is. */
function parsed(file: string, code: string): ts.SourceFile {
  const inner = /^export const \w+ = String\.raw`([^`]*)`/m.exec(code)?.[1];
  return ts.createSourceFile(file, inner ?? code, ts.ScriptTarget.Latest, true);
}

function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => eachNode(child, visit));
}

function callsByName(): Map<string, (ts.CallExpression | ts.NewExpression)[]> {
  const found = new Map<string, (ts.CallExpression | ts.NewExpression)[]>();
  for (const source of sources.values())
    eachNode(source, (node) => {
      if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      if (ts.isIdentifier(name)) found.set(name.text, [...(found.get(name.text) ?? []), node]);
    });
  return found;
}

/** What an expression that makes an error, or a check of a value, gives as its message. */
function messagesIn(node: ts.Node): ts.Expression[] {
  if (ts.isNewExpression(node) && /(Error|Failure|NotFound|RetryLater)$/.test(node.expression.getText()))
    return (node.arguments ?? []).filter((argument) => !ts.isObjectLiteralExpression(argument));
  if (ts.isNewExpression(node) && ts.isThrowStatement(node.parent)) return (node.arguments ?? []).filter(isText);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
    return node.arguments.slice(0, 1);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return /^(refine|regex|min|catch)$/.test(node.expression.name.text) ? node.arguments.filter(isText) : [];
  if (!ts.isObjectLiteralExpression(node)) return [];
  if (propertyOf(node, 'kind')) return [propertyOf(node, 'why')].filter((why) => why !== undefined);
  const message = propertyOf(node, 'message') ?? propertyOf(node, 'error');
  const isFault = ['code', 'stack', 'path'].some((name) => propertyOf(node, name));
  return message && (isFault || isText(message)) ? [message] : [];
}

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression =>
  (ts.isStringLiteralLike(node) && node.text.includes(' ')) || ts.isTemplateExpression(node);

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((each) => each.name?.getText() === name);
  if (property && ts.isPropertyAssignment(property)) return property.initializer;
  return property && ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

function note(pieces: Pieces, said: Set<string>, isWithin: boolean): void {
  const text = textOf(pieces);
  const spoken = pieces.map((piece) => (typeof piece === 'string' ? [] : wordsIn(piece)));
  if (text.includes('{{1}}') && !saysEnough(text, isWithin)) {
    const index = spoken.findIndex((each) => each.length > 0);
    for (const words of spoken[index] ?? []) note(pieces.toSpliced(index, 1, ...words), said, isWithin);
    return;
  }
  said.add(text);
  for (const words of spoken.flat()) note(words, said, true);
}

function textOf(pieces: Pieces): string {
  let places = 0;
  return pieces.map((piece) => (typeof piece === 'string' ? piece : `{{${++places}}}`)).join('');
}

/** What a place can be filled with, as far as it is written in the sources. */
const wordsIn = (expression: ts.Expression): Pieces[] => textsOf(expression).filter(hasWords);

const hasWords = (pieces: Pieces): boolean => pieces.some((piece) => typeof piece === 'string');

/** Everything that an expression can be, a part of it that is known only when it runs as that part. */
function textsOf(expression: ts.Expression, within: readonly ts.Node[] = []): Pieces[] {
  if (within.includes(expression)) return [];
  return valuesOf(expression, (other) => textsOf(other, [...within, expression])) ?? [[expression]];
}

function valuesOf(expression: ts.Expression, of: TextsOf): Pieces[] | undefined {
  if (ts.isStringLiteralLike(expression)) return [[expression.text]];
  if (ts.isTemplateExpression(expression)) return [piecesOf(expression)];
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression) || ts.isNonNullExpression(expression))
    return of(expression.expression);
  if (ts.isConditionalExpression(expression)) return [...of(expression.whenTrue), ...of(expression.whenFalse)];
  if (ts.isTypeOfExpression(expression)) return typeNames.map((name) => [name]);
  if (ts.isBinaryExpression(expression)) return valuesOfTwo(expression, of);
  if (ts.isIdentifier(expression)) return valuesOfName(expression, of);
  if (ts.isPropertyAccessExpression(expression)) return assignedTo(expression).flatMap(of);
  if (ts.isCallExpression(expression)) return valuesOfCall(expression, of);
  if (ts.isElementAccessExpression(expression)) return valuesOfTable(expression.expression, of);
  return undefined;
}

const piecesOf = ({ head, templateSpans }: ts.TemplateExpression): Pieces => [
  head.text,
  ...templateSpans.flatMap(({ expression, literal }) => [expression, literal.text]),
];

/** `a ?? b`, `a || b`, and texts that are put together with `+`. */
function valuesOfTwo({ left, operatorToken, right }: ts.BinaryExpression, of: TextsOf): Pieces[] | undefined {
  const operator = operatorToken.getText();
  if (operator === '??' || operator === '||') return [...of(left), ...of(right)];
  if (operator !== '+') return undefined;
  const partsOf = (part: ts.Expression): Pieces[] =>
    ts.isBinaryExpression(part) || ts.isStringLiteralLike(part) || ts.isTypeOfExpression(part) ? of(part) : [[part]];
  return partsOf(left).flatMap((begin) => partsOf(right).map((end) => [...begin, ...end]));
}

function valuesOfName(name: ts.Identifier, of: TextsOf): Pieces[] | undefined {
  const declared = declarationOf(name);
  if (!declared) return undefined;
  if (ts.isVariableDeclaration(declared)) return declared.initializer && of(declared.initializer);
  return argumentsFor(declared).flatMap(of);
}

/** The nearest variable or parameter of this name. */
function declarationOf(name: ts.Identifier): ts.VariableDeclaration | ts.ParameterDeclaration | undefined {
  const isNamed = (each: ts.VariableDeclaration | ts.ParameterDeclaration) => each.name.getText() === name.text;
  for (let scope = name.parent; scope; scope = scope.parent) {
    const found = ts.isFunctionLike(scope)
      ? scope.parameters.filter(ts.isParameter).find(isNamed)
      : ts.isBlock(scope) || ts.isSourceFile(scope)
        ? scope.statements
            .filter(ts.isVariableStatement)
            .flatMap(({ declarationList }) => declarationList.declarations)
            .find(isNamed)
        : undefined;
    if (found) return found;
  }
  return undefined;
}

/** What is handed over for a parameter, wherever its function is called. */
function argumentsFor(parameter: ts.ParameterDeclaration): ts.Expression[] {
  const owner = parameter.parent;
  const home = owner.getSourceFile();
  const given = (calls.get(nameOf(owner) ?? '') ?? [])
    .filter((call) => isSeenFrom(call.getSourceFile(), home))
    .map((call) => call.arguments?.[owner.parameters.indexOf(parameter)]);
  return [parameter.initializer, ...given].filter((each) => each !== undefined);
}

function nameOf(owner: ts.SignatureDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(owner)) return owner.parent.name?.text;
  const named = ts.isArrowFunction(owner) ? owner.parent : owner;
  return ts.isVariableDeclaration(named) || !ts.isArrowFunction(owner)
    ? (named as ts.NamedDeclaration).name?.getText()
    : undefined;
}

const isSeenFrom = (source: ts.SourceFile, home: ts.SourceFile): boolean =>
  source === home || importsOf(source).some(({ file }) => file === home.fileName);

function importsOf(source: ts.SourceFile): { names: string[]; file: string }[] {
  return source.statements.filter(ts.isImportDeclaration).map(({ importClause, moduleSpecifier }) => {
    const bindings = importClause?.namedBindings;
    const from = (moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, '.ts');
    const file = from.startsWith('@wfaib/sdk/')
      ? join(root, 'sdk/src', `${from.slice('@wfaib/sdk/'.length)}.ts`)
      : resolve(dirname(source.fileName), from);
    const names = bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
    return { names, file };
  });
}

/** What a field of the object itself is set to. */
function assignedTo({ expression, name }: ts.PropertyAccessExpression): ts.Expression[] {
  const found: ts.Expression[] = [];
  if (expression.kind === ts.SyntaxKind.ThisKeyword)
    eachNode(expression.getSourceFile(), (node) => {
      if (ts.isBinaryExpression(node) && /^(\?\?)?=$/.test(node.operatorToken.getText()))
        if (node.left.getText() === `this.${name.text}`) found.push(node.right);
    });
  return found;
}

/** What a function answers, where all that it answers is written in it. */
function valuesOfCall({ expression }: ts.CallExpression, of: TextsOf): Pieces[] | undefined {
  if (!ts.isIdentifier(expression)) return undefined;
  const home = importsOf(expression.getSourceFile()).find(({ names }) => names.includes(expression.text));
  const source = home ? sources.get(home.file) : expression.getSourceFile();
  const body = source && functionNamed(expression.text, source)?.body;
  if (!body) return undefined;
  const answers = (ts.isBlock(body) ? returnsOf(body) : [body]).filter((each) => each.getText() !== 'undefined');
  const texts = answers.flatMap(of);
  return texts.every(hasWords) ? texts : undefined;
}

function functionNamed(name: string, source: ts.SourceFile): ts.FunctionDeclaration | ts.ArrowFunction | undefined {
  let found: ts.FunctionDeclaration | ts.ArrowFunction | undefined;
  eachNode(source, (node) => {
    if (ts.isFunctionDeclaration(node) && node.name?.text === name) found = node;
    if (ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer)
      found = ts.isArrowFunction(node.initializer) ? node.initializer : found;
  });
  return found;
}

function returnsOf(body: ts.Node): ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** What can be looked up in an object that is written out. */
function valuesOfTable(table: ts.Expression, of: TextsOf): Pieces[] | undefined {
  const object = ts.isIdentifier(table) ? declarationOf(table)?.initializer : undefined;
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  return object.properties.flatMap((each) => (ts.isPropertyAssignment(each) ? of(each.initializer) : []));
}
