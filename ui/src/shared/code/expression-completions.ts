import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { NameEntry } from '@wfaib/sdk/expressions/names';
import type { ExpressionNames } from '../expressions/preview-client.js';
import type { ExpressionSample } from '../expressions/sample-context.js';
import { valueAtPath } from './value-at-path.js';
import { t } from '../i18n/i18n.js';

export interface CompletionData {
  names: ExpressionNames;
  sample: ExpressionSample;
}

/** Names, fields of the real data and methods, offered while the caret is inside `{{ }}`. */
export function completeExpression(context: CompletionContext, data: CompletionData): CompletionResult | null {
  const before = context.state.doc.sliceString(Math.max(0, context.pos - 400), context.pos);
  const opened = before.lastIndexOf('{{');
  if (opened === -1 || before.indexOf('}}', opened) !== -1) return null;
  return completeCode(context, before.slice(opened + 2), data);
}

/** The same in code, where no braces are around it. Plain words are left to the language. */
export function completeStepCode(context: CompletionContext, data: CompletionData): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const code = line.text.slice(0, context.pos - line.from);
  return /\$[\w$]*$|\$\(\s*['"][^'"]*$|[\w$)\]]\??\.[\w$]*$/.test(code) ? completeCode(context, code, data) : null;
}

function completeCode(context: CompletionContext, code: string, data: CompletionData): CompletionResult | null {
  const nodeName = /\$\(\s*(['"])([^'"]*)$/.exec(code);
  if (nodeName) return nodeNames(context.pos - (nodeName[2]?.length ?? 0), data.sample);

  const member =
    /((?:\$\(\s*(?:'[^']*'|"[^"]*")\s*\)|\$?[A-Za-z_][\w$]*)(?:\??\.[A-Za-z_$][\w$]*(?:\(\))?|\[(?:\d+|"[^"]*"|'[^']*')\])*)\??\.([A-Za-z_$][\w$]*)?$/.exec(
      code,
    );
  if (member) return members(context.pos - (member[2]?.length ?? 0), member[1] ?? '', data);

  const word = /\$?[A-Za-z_]?[\w$]*$/.exec(code)?.[0] ?? '';
  if (word === '' && !context.explicit) return null;
  return {
    from: context.pos - word.length,
    options: data.names.rootNames.map((entry) => completionOf(entry)),
    validFor: /^[\w$]*$/,
  };
}

function nodeNames(from: number, sample: ExpressionSample): CompletionResult {
  return {
    from,
    options: Object.entries(sample.nodes).map(([name, node]) => ({
      label: name,
      type: 'variable',
      detail: node.isExecuted ? t('code.ran') : t('code.notRun'),
    })),
  };
}

function members(from: number, path: string, data: CompletionData): CompletionResult | null {
  const options = [...fieldsOf(path, data.sample), ...entriesAt(path, data).map((entry) => completionOf(entry))];
  return options.length === 0 ? null : { from, options, validFor: /^[\w$]*$/ };
}

function fieldsOf(path: string, sample: ExpressionSample): Completion[] {
  const value = valueAtPath(path, sample);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([label, inner]) => ({
    label,
    type: 'property',
    detail: preview(inner),
    boost: 2,
    // A name that is no identifier needs brackets instead of the dot before it.
    ...(/^[A-Za-z_$][\w$]*$/.test(label) ? {} : { apply: bracketed(label) }),
  }));
}

const bracketed =
  (label: string): NonNullable<Exclude<Completion['apply'], string>> =>
  (view, _completion, from, to) =>
    view.dispatch({ changes: { from: from - 1, to, insert: `[${JSON.stringify(label)}]` } });

function entriesAt(path: string, { names, sample }: CompletionData): readonly NameEntry[] {
  const named = (kind: string) => (names.memberNames as Record<string, readonly NameEntry[]>)[kind] ?? [];
  if (path === '$input') return names.viewNames.$input;
  if (/^\$\([^)]*\)$/.test(path)) return names.viewNames.node;
  const space = names.namespaceNames[path];
  if (space) return space;
  const value = valueAtPath(path, sample);
  if (Array.isArray(value)) return named('array');
  return named(path === '$now' || path === '$today' ? 'date' : typeof value);
}

function completionOf(entry: NameEntry): Completion {
  return {
    label: entry.name,
    type: entry.kind === 'function' ? 'function' : entry.kind === 'namespace' ? 'namespace' : 'variable',
    ...(entry.signature ? { detail: entry.signature } : {}),
    info: entry.doc,
  };
}

function preview(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 32 ? `${text.slice(0, 31)}…` : text;
}
