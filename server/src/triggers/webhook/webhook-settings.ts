import { parseDuration } from '../../nodes/duration.js';

/** How a webhook node answers and whom it lets in, defaults filled in. */
export interface WebhookSettings {
  path: string;
  /** `GET`, `POST`, … or `ANY`. */
  method: string;
  respond: 'immediately' | 'lastNode' | 'respondNode';
  /** Status of the answer where no Respond node gives one. */
  status: number;
  respondData: 'firstItem' | 'allItems';
  replyTimeoutMs: number;
  auth: CallerRule;
  /** Whether the body is kept as a file instead of being read. */
  rawBody: boolean;
  /** Template whose value tells events apart. */
  dedupeBy: string | undefined;
}

/** What a caller has to show. The secret itself is in a credential. */
export type CallerRule =
  | { kind: 'none' }
  | { kind: 'basic' }
  | { kind: 'header' }
  | { kind: 'hmac'; header: string; algorithm: string; encoding: 'hex' | 'base64'; prefix: string };

/** Longest that a caller is kept waiting, in milliseconds. */
const longestReplyMs = 3_600_000;
const defaultReplyMs = 60_000;

/** Reads the parameters of a `core.webhook`. What is missing or of no use takes the default. */
export function webhookSettingsOf(parameters: Record<string, unknown>): WebhookSettings {
  const respond = oneOf(parameters['respond'], ['immediately', 'lastNode', 'respondNode'] as const);
  return {
    path: text(parameters['path'], ''),
    method: text(parameters['method'], 'POST').toUpperCase(),
    respond,
    status: statusOf(parameters['status']) ?? (respond === 'immediately' ? 202 : 200),
    respondData: oneOf(parameters['respondData'], ['firstItem', 'allItems'] as const),
    replyTimeoutMs: Math.min(parseDuration(parameters['replyTimeout']) ?? defaultReplyMs, longestReplyMs),
    auth: callerRuleOf(parameters),
    rawBody: parameters['rawBody'] === true,
    dedupeBy: text(parameters['dedupeBy'], '') || undefined,
  };
}

function callerRuleOf(parameters: Record<string, unknown>): CallerRule {
  const kind = oneOf(parameters['auth'], ['none', 'basic', 'header', 'hmac'] as const);
  if (kind !== 'hmac') return { kind };
  return {
    kind,
    header: text(parameters['header'], 'X-Hub-Signature-256').toLowerCase(),
    algorithm: oneOf(parameters['algorithm'], ['sha256', 'sha1', 'sha512'] as const),
    encoding: oneOf(parameters['encoding'], ['hex', 'base64'] as const),
    prefix: text(parameters['prefix'], ''),
  };
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : otherwise;
}

function oneOf<const Values extends readonly [string, ...string[]]>(value: unknown, values: Values): Values[number] {
  return values.find((known) => known === value) ?? values[0];
}

function statusOf(value: unknown): number | undefined {
  const status = Number(value);
  return value !== null && value !== '' && Number.isInteger(status) && status >= 200 && status <= 599
    ? status
    : undefined;
}
