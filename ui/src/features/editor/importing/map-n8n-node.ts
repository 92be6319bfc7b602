import type { WorkflowNode } from '@wfaib/sdk/workflow-document';

/** A node as n8n exports it; only what is read here. */
export interface N8nNode {
  name: string;
  type: string;
  position?: unknown;
  parameters?: Record<string, unknown>;
  disabled?: boolean;
  notes?: string;
  onError?: string;
  continueOnFail?: boolean;
}

interface Mapped {
  step: Pick<WorkflowNode, 'type' | 'parameters'>;
  /** `partial`: it is the right kind of step, but something of it has to be looked at. */
  quality: 'mapped' | 'partial' | 'unsupported';
  /** What the ways out are called here, in the order n8n has them. */
  ports: readonly string[];
}

type Parameters = Record<string, unknown>;
type Rule = (parameters: Parameters) => { parameters: Parameters; partial?: boolean };

const nothing: Rule = () => ({ parameters: {} });

const rules: Record<string, [type: string, rule: Rule, ports?: readonly string[]]> = {
  manualTrigger: ['core.manual', nothing],
  start: ['core.manual', nothing],
  noOp: ['core.noop', nothing],
  webhook: [
    'core.webhook',
    ({ path, httpMethod, responseMode }) => ({
      parameters: {
        ...(path ? { path } : {}),
        ...(httpMethod ? { method: httpMethod } : { method: 'GET' }),
        ...(responseMode === 'lastNode' ? { respond: 'lastNode' } : {}),
        ...(responseMode === 'responseNode' ? { respond: 'respondNode' } : {}),
      },
    }),
  ],
  httpRequest: ['http.request', http],
  code: [
    'core.code',
    ({ jsCode, mode, language }) => ({
      parameters: { code: jsCode ?? '', ...(mode === 'runOnceForEachItem' ? { mode: 'each' } : {}) },
      partial: language === 'python',
    }),
  ],
  set: ['core.set', set],
  if: ['core.if', conditions, ['true', 'false']],
  filter: ['core.filter', conditions],
  merge: [
    'core.merge',
    ({ numberInputs, mode }) => ({
      parameters: numberInputs ? { inputs: numberInputs } : {},
      partial: mode !== undefined && mode !== 'append',
    }),
  ],
  splitInBatches: ['core.loop', ({ batchSize }) => ({ parameters: batchSize ? { batchSize } : {} }), ['done', 'loop']],
  splitOut: ['core.split', ({ fieldToSplitOut }) => ({ parameters: { field: fieldToSplitOut ?? '' } })],
  limit: ['core.limit', ({ maxItems }) => ({ parameters: maxItems ? { max: maxItems } : {} })],
  respondToWebhook: [
    'core.respond',
    ({ respondWith, responseBody }) => ({
      parameters: responseBody === undefined ? {} : { body: responseBody },
      partial: respondWith !== undefined && respondWith !== 'json' && respondWith !== 'text',
    }),
  ],
  stopAndError: ['core.stop', ({ errorMessage }) => ({ parameters: { message: errorMessage ?? 'Stopped.' } })],
  wait: ['core.wait', wait],
  scheduleTrigger: ['core.schedule', () => ({ parameters: { every: '1h' }, partial: true })],
  errorTrigger: ['core.error', nothing],
};

/** The step here that does what a node of n8n does; one that nothing here does keeps its JSON. */
export function mapN8nNode(node: N8nNode): Mapped {
  const known = node.type.startsWith('n8n-nodes-base.') ? rules[node.type.slice('n8n-nodes-base.'.length)] : undefined;
  if (!known) return { step: { type: node.type, parameters: { n8n: node } }, quality: 'unsupported', ports: ['main'] };
  const [type, rule, ports = ['main']] = known;
  const { parameters, partial = false } = rule(node.parameters ?? {});
  return { step: { type, parameters }, quality: partial ? 'partial' : 'mapped', ports };
}

function http(given: Parameters): ReturnType<Rule> {
  const pairs = (name: string) => {
    const list = (given[name] as { parameters?: { name?: string; value?: unknown }[] } | undefined)?.parameters ?? [];
    return Object.fromEntries(list.filter(({ name: key }) => key).map(({ name: key, value }) => [key ?? '', value]));
  };
  const headers = pairs('headerParameters');
  const query = pairs('queryParameters');
  const fields = pairs('bodyParameters');
  const body = given['jsonBody'] ?? (Object.keys(fields).length > 0 ? fields : undefined);
  return {
    parameters: {
      url: given['url'] ?? '',
      ...(given['method'] ? { method: given['method'] } : {}),
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(Object.keys(query).length > 0 ? { query } : {}),
      ...(body === undefined ? {} : { body: parsed(body) }),
    },
    partial: given['authentication'] !== undefined && given['authentication'] !== 'none',
  };
}

function set(given: Parameters): ReturnType<Rule> {
  const { assignments } = (given['assignments'] ?? {}) as { assignments?: { name?: string; value?: unknown }[] };
  if (assignments) {
    const fields = Object.fromEntries(assignments.map(({ name = '', value }) => [name, value]));
    return { parameters: { fields, ...(given['includeOtherFields'] === true ? {} : { keep: 'none' }) } };
  }
  if (given['jsonOutput'] !== undefined) return { parameters: { json: parsed(given['jsonOutput']), keep: 'none' } };
  return { parameters: {}, partial: true };
}

const operations: Record<string, string> = {
  equals: 'eq',
  notEquals: 'ne',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
  contains: 'contains',
  notContains: 'notContains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
  regex: 'matches',
  exists: 'exists',
  notExists: 'notExists',
  empty: 'empty',
  notEmpty: 'notEmpty',
  true: 'true',
  false: 'false',
};

function conditions(given: Parameters): ReturnType<Rule> {
  const block = given['conditions'] as
    | {
        combinator?: string;
        conditions?: { leftValue?: unknown; rightValue?: unknown; operator?: { operation?: string } }[];
      }
    | undefined;
  if (!Array.isArray(block?.conditions)) return { parameters: {}, partial: true };
  const rows = block.conditions.map(({ leftValue, rightValue, operator }) => ({
    left: leftValue ?? '',
    op: operations[operator?.operation ?? ''] ?? 'eq',
    ...(rightValue === undefined || rightValue === '' ? {} : { right: rightValue }),
  }));
  const unknown = block.conditions.some(({ operator }) => !operations[operator?.operation ?? '']);
  return {
    parameters: { conditions: rows, ...(block.combinator === 'or' ? { combine: 'or' } : {}) },
    partial: unknown,
  };
}

function wait({ amount, unit, resume }: Parameters): ReturnType<Rule> {
  if (resume === 'webhook') return { parameters: { webhook: true } };
  const letter = { seconds: 's', minutes: 'm', hours: 'h', days: 'd' }[String(unit ?? 'hours')] ?? 'h';
  return { parameters: { for: `${String(amount ?? 1)}${letter}` }, partial: resume === 'specificTime' };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || value.startsWith('=')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
