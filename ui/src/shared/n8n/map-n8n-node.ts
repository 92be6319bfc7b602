import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { t } from '../i18n/i18n.js';
import { translateCode } from './translate-code.js';

/** A node as n8n exports it; only what is read here. */
export interface N8nNode {
  name: string;
  type: string;
  typeVersion?: number;
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
  /** What has to be looked at, and done. */
  todo: string;
  /** What the ways out are called here, in the order n8n has them. */
  ports: readonly string[];
}

type Parameters = Record<string, unknown>;
/** `todo` is what a person has to look at; there is none where all of the step was taken over. */
type Rule = (parameters: Parameters) => { parameters: Parameters; todo?: string | false };

const nothing: Rule = () => ({ parameters: {} });

const rules: Record<string, [type: string, rule: Rule, ports?: readonly string[]]> = {
  manualTrigger: ['core.manual', nothing],
  start: ['core.manual', nothing],
  noOp: ['core.noop', nothing],
  webhook: [
    'core.webhook',
    ({ path, httpMethod, responseMode, authentication }) => ({
      parameters: {
        ...(path ? { path } : {}),
        ...(httpMethod ? { method: httpMethod } : { method: 'GET' }),
        ...(responseMode === 'lastNode' ? { respond: 'lastNode' } : {}),
        ...(responseMode === 'responseNode' ? { respond: 'respondNode' } : {}),
        ...signIn(authentication),
      },
    }),
  ],
  httpRequest: ['http.request', http],
  code: ['core.code', code],
  set: ['core.set', set],
  if: ['core.if', conditions, ['true', 'false']],
  filter: ['core.filter', conditions],
  merge: [
    'core.merge',
    ({ numberInputs, mode }) => ({
      parameters: numberInputs ? { inputs: numberInputs } : {},
      todo: mode !== undefined && mode !== 'append' && t('editor.n8n.todo.merge'),
    }),
  ],
  splitInBatches: ['core.loop', ({ batchSize }) => ({ parameters: batchSize ? { batchSize } : {} }), ['done', 'loop']],
  splitOut: ['core.split', ({ fieldToSplitOut }) => ({ parameters: { field: fieldToSplitOut ?? '' } })],
  limit: ['core.limit', ({ maxItems }) => ({ parameters: maxItems ? { max: maxItems } : {} })],
  respondToWebhook: [
    'core.respond',
    ({ respondWith, responseBody }) => ({
      parameters: responseBody === undefined ? {} : { body: responseBody },
      todo:
        respondWith !== undefined && respondWith !== 'json' && respondWith !== 'text' && t('editor.n8n.todo.respond'),
    }),
  ],
  stopAndError: [
    'core.stop',
    ({ errorMessage }) => ({ parameters: { message: errorMessage ?? t('editor.n8n.stopped') } }),
  ],
  wait: ['core.wait', wait],
  scheduleTrigger: ['core.schedule', () => ({ parameters: { every: '1h' }, todo: t('editor.n8n.todo.schedule') })],
  errorTrigger: ['core.error', nothing],
};

/** The step here that does what a node of n8n does; one that nothing here does keeps its JSON. */
export function mapN8nNode(node: N8nNode): Mapped {
  const known = node.type.startsWith('n8n-nodes-base.') ? rules[node.type.slice('n8n-nodes-base.'.length)] : undefined;
  if (!known)
    return { step: { type: node.type, parameters: { n8n: node } }, quality: 'unsupported', todo: '', ports: ['main'] };
  const [type, rule, ports = ['main']] = known;
  const given = node.parameters ?? {};
  const { parameters, todo } = rule(given);
  const signsIn = given['authentication'] !== undefined && given['authentication'] !== 'none';
  const todos = [todo, signsIn && t('editor.n8n.todo.credential')].filter(Boolean).join('; ');
  // Before its third version the loop had its ways out the other way round.
  const turned = type === 'core.loop' && (node.typeVersion ?? 3) < 3;
  return {
    step: { type, parameters },
    quality: todos ? 'partial' : 'mapped',
    todo: todos,
    ports: turned ? ports.toReversed() : ports,
  };
}

/** A way to sign in that nothing here speaks becomes one that needs a credential: it must not leave the door open. */
function signIn(authentication: unknown): Parameters {
  if (authentication === undefined || authentication === 'none') return {};
  return { auth: authentication === 'basicAuth' ? 'basic' : 'header' };
}

function code({ jsCode, mode, language }: Parameters): ReturnType<Rule> {
  const each = mode === 'runOnceForEachItem';
  const { code: text, unknown } = translateCode(typeof jsCode === 'string' ? jsCode : '', each ? 'each' : 'all');
  return {
    parameters: { code: text, ...(each ? { mode: 'each' } : {}) },
    todo: String(language).startsWith('python')
      ? t('editor.n8n.todo.python')
      : unknown.length > 0 && t('editor.n8n.todo.names', { names: unknown.join(', ') }),
  };
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
  };
}

function set(given: Parameters): ReturnType<Rule> {
  const { assignments } = (given['assignments'] ?? {}) as { assignments?: { name?: string; value?: unknown }[] };
  if (assignments) {
    const fields = Object.fromEntries(assignments.map(({ name = '', value }) => [name, value]));
    return { parameters: { fields, ...(given['includeOtherFields'] === true ? {} : { keep: 'none' }) } };
  }
  if (given['jsonOutput'] !== undefined) return { parameters: { json: parsed(given['jsonOutput']), keep: 'none' } };
  return { parameters: {}, todo: t('editor.n8n.todo.set') };
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
  if (!Array.isArray(block?.conditions)) return { parameters: {}, todo: t('editor.n8n.todo.conditions') };
  const rows = block.conditions.map(({ leftValue, rightValue, operator }) => ({
    left: leftValue ?? '',
    op: operations[operator?.operation ?? ''] ?? 'eq',
    ...(rightValue === undefined || rightValue === '' ? {} : { right: rightValue }),
  }));
  const unknown = block.conditions.some(({ operator }) => !operations[operator?.operation ?? '']);
  return {
    parameters: { conditions: rows, ...(block.combinator === 'or' ? { combine: 'or' } : {}) },
    todo: unknown && t('editor.n8n.todo.conditions'),
  };
}

function wait({ amount, unit, resume }: Parameters): ReturnType<Rule> {
  if (resume === 'webhook') return { parameters: { webhook: true } };
  const letter = { seconds: 's', minutes: 'm', hours: 'h', days: 'd' }[String(unit ?? 'hours')] ?? 'h';
  return {
    parameters: { for: `${String(amount ?? 1)}${letter}` },
    todo: resume === 'specificTime' && t('editor.n8n.todo.wait'),
  };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || value.startsWith('=')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
