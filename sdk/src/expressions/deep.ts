import { evaluateTemplate } from './evaluate.js';
import type { Limits } from './budget.js';
import { ExpressionSyntaxError } from './expression.errors.js';
import type { ExpressionScope } from './scope.types.js';
import { cachedTemplate, isTemplate, type Template } from './template.js';
import { setOwn } from './values.js';

/** Something wrong with a template in a tree of parameters. */
export interface TemplateProblem {
  /** Path of the value, for example `parameters.fields.total` or `parameters.rules[0].left`. */
  path: string;
  message: string;
}

/** Evaluates the templates at any depth of a tree of parameters (its values, not its keys); the rest stays as it is. */
export function evaluateDeep(value: unknown, scope: ExpressionScope, budget?: Partial<Limits>): unknown {
  if (typeof value === 'string') return isTemplate(value) ? evaluateTemplate(value, scope, budget) : value;
  if (!hasTemplate(value)) return value;
  if (Array.isArray(value)) return value.map((element) => evaluateDeep(element, scope, budget));
  const out: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value as object)) setOwn(out, key, evaluateDeep(child, scope, budget));
  return out;
}

/** Whether there is a template anywhere in the tree. */
export function hasTemplate(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isTemplate(value);
  return Object.values(value).some(hasTemplate);
}

/** What is wrong with the templates of a tree, for the problem list of a document. */
export function templateProblems(value: unknown, path = ''): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  walkTemplates(value, path, (text, at) => {
    const template = parsed(text);
    if (template instanceof ExpressionSyntaxError) {
      const where =
        template.line > 1 ? ` (line ${template.line}, column ${template.column})` : ` (column ${template.column})`;
      problems.push({ path: at, message: template.message + where });
    }
  });
  return problems;
}

/** Names of the steps that the templates of a tree refer to; templates that do not parse are left out. */
export function referencedNodes(value: unknown): string[] {
  const names = new Set<string>();
  walkTemplates(value, '', (text) => {
    const template = parsed(text);
    if (!(template instanceof ExpressionSyntaxError)) namesIn(template).forEach((name) => names.add(name));
  });
  return [...names];
}

function namesIn(template: Template): string[] {
  const expressions =
    template.kind === 'value' ? [template.expression] : template.parts.filter((part) => typeof part !== 'string');
  return expressions.flatMap((expression) => expression.referencedNodes);
}

function parsed(text: string): Template | ExpressionSyntaxError {
  try {
    return cachedTemplate(text);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
}

function walkTemplates(value: unknown, path: string, visit: (text: string, path: string) => void): void {
  if (isTemplate(value)) visit(value, path);
  else if (Array.isArray(value)) value.forEach((element, index) => walkTemplates(element, `${path}[${index}]`, visit));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) walkTemplates(child, path === '' ? key : `${path}.${key}`, visit);
  }
}
