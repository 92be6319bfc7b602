import type { Field } from '@wfaib/sdk/fields';
import { isExpression } from './visible-fields.js';

/** The value after switching between fixed and expression; the text stays where that makes sense. */
export function modeSwitch(field: Field, value: unknown): unknown {
  return isExpression(value) ? toFixed(field, value.slice(1)) : toExpression(value);
}

function toExpression(value: unknown): string {
  if (value === undefined || value === null || value === '') return '=';
  return `=${typeof value === 'string' ? value : `{{ ${JSON.stringify(value)} }}`}`;
}

function toFixed(field: Field, text: string): unknown {
  if (text === '') return undefined;
  const literal = literalOf(text);
  switch (field.kind) {
    case 'number':
      return typeof literal === 'number' ? literal : undefined;
    case 'boolean':
      return typeof literal === 'boolean' ? literal : undefined;
    case 'select':
      return field.choices.some((choice) => choice.value === (literal ?? text)) ? (literal ?? text) : undefined;
    case 'multiselect':
    case 'json':
      return literal ?? text;
    case 'keyvalue':
    case 'group':
    case 'dynamicGroup':
      return typeof literal === 'object' && literal !== null && !Array.isArray(literal) ? literal : undefined;
    case 'list':
    case 'values':
    case 'conditions':
      return Array.isArray(literal) ? literal : undefined;
    default:
      return text;
  }
}

/** The value of `{{ 5 }}` or `5`, where it is plain JSON. */
function literalOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*\{\{([\s\S]*)\}\}\s*$/, '$1'));
  } catch {
    return undefined;
  }
}
