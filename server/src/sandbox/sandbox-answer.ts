import type { LogLine } from '../nodes/core-node.types.js';
import type { Frame } from './child/frames.js';
import type { ChildFailure } from './sandbox-child.js';
import { SandboxError } from './sandbox.errors.js';
import type { SandboxItem, SandboxRequest, SandboxResult } from './sandbox.types.js';

/** Longest input of user code, in characters of JSON. */
export const maxInputChars = 64 * 1024 * 1024;
/** Longest output: reading it holds up everybody else on this server. */
export const maxOutputChars = 16 * 1024 * 1024;

/** What the prelude of the isolate writes. */
interface PreludeOutput {
  items: unknown[];
  failures: { item: number; error: CodeError }[];
  logs: LogLine[];
  error?: CodeError;
  tooLarge?: number;
}

interface CodeError {
  name: string;
  message: string;
  stack: string;
}

/**
 * What a child's answer means to the person who wrote the code.
 * @throws SandboxError
 */
export function readAnswer(answer: Frame | ChildFailure, request: SandboxRequest): SandboxResult {
  if (answer === 'late') throw late(request);
  if (answer === 'memory') throw tooMuchMemory(request);
  if (typeof answer === 'string') {
    throw new SandboxError('code.killed', 'The code brought its sandbox down, most likely by using too much memory.');
  }
  const { header } = answer;
  if (header.kind === 'timeout') throw late(request);
  if (header.kind === 'memory') throw tooMuchMemory(request);
  if (header.kind !== 'output') {
    const at = typeof header.line === 'number' ? { line: header.line, column: Number(header.column) } : undefined;
    throw new SandboxError(
      header.kind === 'syntax' ? 'code.syntax' : 'code.failed',
      `${String(header.message)}${place(at)}`,
      at,
    );
  }
  return { ...checked(answer.body), cpuMs: Number(header.cpuMs) };
}

function late(request: SandboxRequest): SandboxError {
  return new SandboxError(
    'code.timeout',
    `The code took longer than ${request.timeoutMs} ms. Do less in it, or raise timeoutMs.`,
  );
}

function tooMuchMemory({ memoryMb }: SandboxRequest): SandboxError {
  return new SandboxError(
    'code.memory',
    `The code used more than ${memoryMb} MiB of memory. Work on fewer items at once, or raise memoryMb.`,
  );
}

function checked(body: string): Omit<SandboxResult, 'cpuMs'> {
  const { items, failures, logs, error, tooLarge } = parseHostile(body);
  if (tooLarge !== undefined) {
    throw new SandboxError(
      'code.outputTooLarge',
      `The code returned ${tooLarge} characters of JSON; ${maxOutputChars} is the most. Return fewer items, or put them into a file.`,
      undefined,
      logs,
    );
  }
  if (error) {
    const at = placeOf(error.stack);
    throw new SandboxError('code.failed', `${error.message}${place(at)}`, at, logs);
  }
  const failed = failures.map(({ item, error: { message, stack } }) => ({
    item,
    message: `${message}${place(placeOf(stack))}`,
    ...placeOf(stack),
  }));
  if (!items.every(isItem)) throw notItems();
  return { items, failures: failed, logs };
}

// User code can have replaced JSON.stringify in its isolate: what arrives may be any text.
function parseHostile(body: string): PreludeOutput {
  try {
    const value = (hasPrototypeKey.test(body) ? JSON.parse(body, withoutPrototype) : JSON.parse(body)) as Partial<
      Record<keyof PreludeOutput, unknown>
    >;
    return {
      items: listOf(value.items),
      failures: listOf(value.failures) as PreludeOutput['failures'],
      logs: listOf(value.logs).slice(0, 201).map(toLogLine),
      ...(value.error ? { error: value.error as CodeError } : {}),
      ...(value.tooLarge === undefined ? {} : { tooLarge: Number(value.tooLarge) }),
    };
  } catch {
    throw notItems();
  }
}

// A reviver makes reading ten times slower, so it is used only where the text may hold the key, escaped or not.
const hasPrototypeKey = /__proto__|\\u00(5f|70|72|6f|74)/i;
const withoutPrototype = (key: string, inner: unknown): unknown => (key === '__proto__' ? undefined : inner);

function notItems(): SandboxError {
  return new SandboxError(
    'code.failed',
    'The code returned something that is no list of items. Return objects, or { json: {…} }.',
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isItem(value: unknown): value is SandboxItem {
  if (!isObject(value) || !isObject(value['json'])) return false;
  const { from, files } = value;
  return (
    (from === undefined || (Array.isArray(from) && from.every(Number.isInteger))) &&
    (files === undefined || isObject(files))
  );
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function toLogLine(line: unknown): LogLine {
  const { level, text } = line as Record<'level' | 'text', unknown>;
  const known = ['log', 'info', 'warn', 'error', 'debug'] as const;
  return { level: known.find((name) => name === level) ?? 'log', text: String(text) };
}

function placeOf(stack: unknown): { line: number; column: number } | undefined {
  const match = /\bcode:(\d+):(\d+)/.exec(String(stack));
  return match ? { line: Number(match[1]), column: Number(match[2]) } : undefined;
}

/** The place as people read it, to be put behind a message. */
export const place = (at: { line: number; column: number } | undefined): string =>
  at ? ` (line ${at.line}, column ${at.column})` : '';
