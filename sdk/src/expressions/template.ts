import { parseExpressionAt, type Expression } from 'acorn';
import { compileExpression } from './compile.js';
import type { Code } from './evaluation.js';
import { ExpressionSyntaxError, positionAt } from './expression.errors.js';

/** One `{{ … }}` of a template. */
export interface TemplateExpression {
  /** The text between the braces, trimmed. */
  source: string;
  code: Code;
  referencedNodes: readonly string[];
}

/** A parsed template: one expression whose value is kept as it is, or text with expressions in it. */
export type Template =
  { kind: 'value'; expression: TemplateExpression } | { kind: 'text'; parts: readonly (string | TemplateExpression)[] };

/** Whether a parameter is a template: a text that starts with `=`. */
export function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}

/**
 * Parses and checks a template. Only the first `=` is taken off; what follows is text in which `{{ … }}` are expressions,
 * each up to the first `}}` where it parses.
 * @throws ExpressionSyntaxError with the place in `text`
 */
export function parseTemplate(text: string): Template {
  const parts: (string | TemplateExpression)[] = [];
  let position = isTemplate(text) ? 1 : 0;
  for (;;) {
    const open = text.indexOf('{{', position);
    if (open === -1) break;
    if (open > position) parts.push(text.slice(position, open));
    const found = parseBraces(text, open);
    parts.push(found.expression);
    position = found.end;
  }
  if (position < text.length) parts.push(text.slice(position));
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return { kind: 'value', expression: only };
  return { kind: 'text', parts };
}

const empty: TemplateExpression = { source: '', code: () => undefined, referencedNodes: [] };

function parseBraces(text: string, open: number): { expression: TemplateExpression; end: number } {
  const start = open + 2;
  const blank = /^\s*\}\}/.exec(text.slice(start, start + 1000));
  if (blank !== null) return { expression: empty, end: start + blank[0].length };
  if (text.indexOf('}}', start) === -1) throw problem(text, open, 'The expression has no end: }} is missing');
  const { node, close } = findEnd(text, start);
  const compiled = compileExpression(node, text);
  return { expression: { source: text.slice(start, close).trim(), ...compiled }, end: close + 2 };
}

/** The expression that starts here, and where its `}}` is. */
function findEnd(text: string, start: number): { node: Expression; close: number } {
  const comments: number[] = [];
  const longest = tryParse(text, start, comments);
  if (!(longest instanceof Error) && comments.length === 0) {
    const close = skipSpace(text, longest.end);
    if (text.startsWith('}}', close)) return { node: longest, close };
  }
  // Comments may hide the end, or what follows may not parse: look at the first ends one by one.
  let close = text.indexOf('}}', start);
  for (let tries = 0; close !== -1 && tries < 20; tries++, close = text.indexOf('}}', close + 1)) {
    const node = tryParse(text.slice(0, close), start, []);
    if (!(node instanceof Error) && restIsBlank(text.slice(node.end, close))) return { node, close };
  }
  if (longest instanceof Error) throw located(text, start, longest);
  throw problem(text, skipSpace(text, longest.end), 'The expression should have ended here with }}');
}

function tryParse(text: string, start: number, comments: number[]): Expression | Error {
  try {
    return parseExpressionAt(text, start, {
      ecmaVersion: 2023,
      sourceType: 'module',
      // Without it the end of (1) would be before the parenthesis.
      preserveParens: true,
      onComment: (_isBlock, _text, from) => void comments.push(from),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error('not an expression');
  }
}

function skipSpace(text: string, from: number): number {
  let index = from;
  while (index < text.length && /\s/.test(text[index]!)) index++;
  return index;
}

function restIsBlank(rest: string): boolean {
  return (
    rest
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/\/\/.*/g, '')
      .trim() === ''
  );
}

function located(text: string, start: number, error: Error): ExpressionSyntaxError {
  const offset = 'pos' in error && typeof error.pos === 'number' ? error.pos : start;
  const reason =
    error instanceof SyntaxError ? error.message.replace(/ \(\d+:\d+\)$/, '') : 'The expression is nested too deeply';
  return problem(text, offset, `The expression does not parse: ${reason}`);
}

function problem(text: string, offset: number, message: string): ExpressionSyntaxError {
  return new ExpressionSyntaxError(message, positionAt(text, offset));
}

const cacheSize = 1_000;
const longestCached = 20_000;
let young = new Map<string, Template>();
let old = new Map<string, Template>();

/** {@link parseTemplate}, remembering what was used lately. */
export function cachedTemplate(text: string): Template {
  const known = young.get(text);
  if (known !== undefined) return known;
  const template = old.get(text) ?? parseTemplate(text);
  if (text.length > longestCached) return template;
  if (young.size >= cacheSize) {
    old = young;
    young = new Map();
  }
  young.set(text, template);
  return template;
}
