import type { LogLine } from '../nodes/core-node.types.js';
import type { Frame } from './child/frames.js';
import type { ChildFailure } from './sandbox-child.js';
import { SandboxError } from './sandbox.errors.js';
import type { SandboxRequest, SandboxResult } from './sandbox.types.js';

/** Longest input and output of user code, in characters of JSON. */
export const maxChars = 64 * 1024 * 1024;

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

function checked(body: string): { output: string; logs: LogLine[] } {
  const { items, failures, logs, error, tooLarge } = parseHostile(body);
  if (tooLarge !== undefined) {
    throw new SandboxError(
      'code.outputTooLarge',
      `The code returned ${tooLarge} characters of JSON; ${maxChars} is the most.`,
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
  return { output: JSON.stringify({ items, failures: failed }), logs };
}

// User code can have replaced JSON.stringify in its isolate: what arrives may be any text.
function parseHostile(body: string): PreludeOutput {
  try {
    const value = JSON.parse(body, (key, inner: unknown) => (key === '__proto__' ? undefined : inner)) as Partial<
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
    throw new SandboxError(
      'code.failed',
      'The code returned something that is not JSON. Return items: objects, or { json: {…} }.',
    );
  }
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

const place = (at: { line: number; column: number } | undefined): string =>
  at ? ` (line ${at.line}, column ${at.column})` : '';
