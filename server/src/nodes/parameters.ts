import { conditionOps } from '@wfaib/sdk/expressions/conditions';
import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
import { didYouMean } from './did-you-mean.js';
import { isObject, valueFault } from './field-values.js';
import { isEmptyValue, isShown } from './shown-fields.js';

type Fields = Record<string, Field>;
type Values = Record<string, unknown>;

export interface CheckedNode {
  id: string;
  name: string;
  parameters: Values;
  disabled?: boolean | undefined;
}

/**
 * What is wrong with the parameters of a node: `parameter.missing` (not of a disabled node), `parameter.invalid`,
 * `parameter.unknown`. Templates are accepted wherever the field allows expressions; what they give is checked at run time.
 */
export function parameterProblems(node: CheckedNode, descriptor: NodeDescriptor): Problem[] {
  const checker = new ParameterChecker(node);
  checker.checkFields(descriptor.fields, node.parameters, 'parameters');
  for (const group of descriptor.requiredOneOf ?? []) checker.checkOneOf(group, node.parameters);
  return checker.problems;
}

/** The parameters with the defaults of the descriptor filled in, inside lists and groups too. */
export function withDefaults(parameters: Values, descriptor: Pick<NodeDescriptor, 'fields'>): Values {
  return filled(parameters, descriptor.fields);
}

function filled(values: Values, fields: Fields): Values {
  const result: Values = { ...values };
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const full = value === undefined ? field.default : filledInside(value, field);
    if (full !== undefined) result[name] = full;
  }
  return result;
}

function filledInside(value: unknown, field: Field): unknown {
  // An empty group is one that is not used.
  if (field.kind === 'group' && isObject(value)) return isEmptyValue(value) ? value : filled(value, field.of);
  if (field.kind !== 'list' || !Array.isArray(value)) return value;
  return value.map((each: unknown) => (isObject(each) ? filled(each, field.of) : each));
}

class ParameterChecker {
  readonly problems: Problem[] = [];

  constructor(private readonly node: CheckedNode) {}

  checkFields(fields: Fields, values: Values, path: string): void {
    for (const name of Object.keys(values)) {
      if (!Object.hasOwn(fields, name)) this.addUnknown(name, fields, path);
    }
    for (const [name, field] of Object.entries(fields)) {
      if (!isShown(field.showWhen, values, fields)) continue;
      this.checkField(field, Object.hasOwn(values, name) ? values[name] : undefined, `${path}.${name}`);
    }
    this.checkCondition(fields, values, path);
  }

  checkOneOf(names: readonly string[], values: Values): void {
    if (names.some((name) => values[name] !== false && !isEmptyValue(values[name]))) return;
    const list = names.map((name) => `"${name}"`);
    this.addMissing(
      `parameters.${names[0]}`,
      say`"${{ name: this.node.name }}" needs one of ${{ names: list }}. Fill in one of them.`,
    );
  }

  private checkField(field: Field, value: unknown, path: string): void {
    if (isEmptyValue(value)) {
      const isMissing = field.required === true && (value !== undefined || field.default === undefined);
      const label = { text: field.label };
      if (isMissing)
        this.addMissing(
          path,
          say`"${{ name: this.node.name }}" needs "${{ field: shortOf(path) }}" (${{ label }}). Fill it in.`,
        );
      return;
    }
    if (isTemplate(field, value)) {
      if (field.expressions === false) this.addInvalid(path, say`takes no expression: write a fixed value`);
      return;
    }
    const fault = valueFault(field, value);
    if (fault !== undefined) this.addInvalid(path, fault);
    else this.checkInside(field, value, path);
  }

  private checkInside(field: Field, value: unknown, path: string): void {
    if (field.kind === 'group') this.checkFields(field.of, value as Values, path);
    if (field.kind !== 'list' && field.kind !== 'conditions') return;
    for (const [index, each] of (value as Values[]).entries()) {
      if (field.kind === 'list') this.checkFields(field.of, each, `${path}[${index}]`);
      else this.checkComparison(each, `${path}[${index}]`);
    }
  }

  private checkComparison(comparison: Values, path: string): void {
    const { op } = comparison;
    if (isEmptyValue(op))
      this.addMissing(`${path}.op`, say`A condition of "${{ name: this.node.name }}" has no comparison. Choose one.`);
    else if (!conditionOps.includes(op as never)) {
      const hint = typeof op === 'string' ? didYouMean(op, conditionOps) : '';
      this.addInvalid(`${path}.op`, say`must be one of ${{ operators: conditionOps }}`, hint);
    }
    for (const name of Object.keys(comparison)) {
      const isKnown = ['left', 'op', 'right', 'caseSensitive'].includes(name);
      if (isKnown) continue;
      this.add('warning', 'parameter.unknown', `${path}.${name}`, say`A condition has no field "${{ name }}".`);
    }
  }

  /** A form with conditions needs one, written either way. */
  private checkCondition(fields: Fields, values: Values, path: string): void {
    const isAsked = fields['conditions']?.kind === 'conditions' && fields['condition'] !== undefined;
    if (!isAsked || !isEmptyValue(values['conditions']) || !isEmptyValue(values['condition'])) return;
    this.addMissing(
      `${path}.conditions`,
      say`"${{ name: this.node.name }}" has no condition. Add one to "conditions", or write "condition".`,
    );
  }

  private addUnknown(name: string, fields: Fields, path: string): void {
    // Comparing names takes long where thousands are wrong.
    const hint = this.problems.length < 50 ? didYouMean(name, Object.keys(fields)) : '';
    const severity = path === 'parameters' ? 'error' : 'warning';
    this.add(
      severity,
      'parameter.unknown',
      `${path}.${name}`,
      say`"${{ name: this.node.name }}" has no parameter "${{ parameter: name }}".${{ advice: hint || say` Remove it.` }}`,
    );
  }

  private addMissing(path: string, fault: Sentence): void {
    if (!this.node.disabled) this.add('error', 'parameter.missing', path, fault);
  }

  private addInvalid(path: string, fault: Sentence, hint: Sentence | '' = ''): void {
    this.add(
      'error',
      'parameter.invalid',
      path,
      say`"${{ field: shortOf(path) }}" of "${{ name: this.node.name }}" ${{ fault }}.${{ hint }}`,
    );
  }

  private add(severity: Problem['severity'], code: Problem['code'], field: string, fault: Sentence): void {
    this.problems.push({ severity, code, nodeId: this.node.id, field, ...tell(fault) });
  }
}

function shortOf(path: string): string {
  return path.slice('parameters.'.length);
}

/** User code may begin with `=` and is none. */
function isTemplate(field: Field, value: unknown): boolean {
  return field.kind !== 'code' && typeof value === 'string' && value.startsWith('=');
}
