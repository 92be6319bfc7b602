/** A text that holds an expression and is sent as it is written, because the `=` before it is missing. */
export interface ForgottenSign {
  /** Path of the value, for example `parameters.fields.total`. */
  path: string;
  text: string;
}

/** Names that only an expression of a workflow begins with; a text with other braces is a template of somebody else. */
const expressionIn = /\{\{[^{}]*\$(?:json|item|input|vars|now|today|run|workflow|node|itemIndex|binary|execution|\()/;

/** Whether a text means an expression and would not be evaluated. */
export function lacksSign(value: unknown): value is string {
  // Told here as well as in `template.ts`: forms need it, and need not load the parser for it.
  return typeof value === 'string' && !value.startsWith('=') && expressionIn.test(value);
}

/** All such texts in a tree of parameters. */
export function forgottenSigns(value: unknown, path = ''): ForgottenSign[] {
  if (lacksSign(value)) return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((element, index) => forgottenSigns(element, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => forgottenSigns(child, path === '' ? key : `${path}.${key}`));
}
