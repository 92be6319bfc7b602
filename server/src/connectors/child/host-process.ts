import { stepErrorOf } from '@wfaib/sdk/connector-runtime';
import { ConnectorError } from '@wfaib/sdk/errors';
import { guardProcess } from '../../egress/process-guard.service.js';
import { CallRunner } from './call-runner.js';
import type { ChildCall, ToChild } from './child-protocol.types.js';
import { maxFrameBytes } from './frames.js';
import { ParentLink } from './parent-link.js';

/**
 * The process that runs plugins. It starts with `--permission`: no files but the plugin's packages, no processes, no
 * workers, no native code, an empty environment. The guard is in place before the first plugin is loaded.
 */
const link = new ParentLink();
const running = new Map<number, AbortController>();
let runner: CallRunner | undefined;

link.listen((message) => handle(message));

function handle(message: ToChild): void {
  if (message.type === 'start') start(message.egress);
  else if (message.type === 'ping') link.send({ type: 'pong' });
  else if (message.type === 'cancel') running.get(message.id)?.abort(stopped(message.reason));
  else if (message.type === 'call') void run(message.id, message.call);
}

function start(egress: Extract<ToChild, { type: 'start' }>['egress']): void {
  const transport = guardProcess(egress);
  closeSignals();
  runner = new CallRunner(link, transport);
  // A plugin's stray rejection or error must not take down the calls of others.
  process.on('unhandledRejection', () => {});
  process.on('uncaughtException', () => {});
  link.send({ type: 'ready' });
}

/** The permission model lets a process signal others of the same user, the server among them. */
function closeSignals(): void {
  const refuse = () => {
    throw Object.assign(new Error('Connectors may not signal processes.'), { code: 'ERR_ACCESS_DENIED' });
  };
  for (const name of ['kill', '_kill', '_debugProcess']) {
    Object.defineProperty(process, name, { value: refuse, writable: false, configurable: false });
  }
}

async function run(id: number, call: ChildCall): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const value = await Promise.race([runner!.run(id, call, controller.signal), whenAborted(controller.signal)]);
    answer(id, value);
  } catch (error) {
    link.send({ type: 'error', id, error: stepErrorOf(error) });
  } finally {
    running.delete(id);
  }
}

function answer(id: number, value: unknown): void {
  if (link.sendResult(id, value)) return;
  throw new ConnectorError(`The answer is larger than ${maxFrameBytes} bytes. Ask for less, or use files.`, {
    code: 'connector.outputTooLarge',
    retryable: false,
  });
}

/** The call answers as soon as it is cancelled, even where the action does not listen. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function stopped(reason: 'timeout' | 'cancelled'): ConnectorError {
  return reason === 'timeout'
    ? new ConnectorError('The step took longer than it may.', { code: 'connector.timeout', retryable: true })
    : new ConnectorError('The step was cancelled.', { code: 'connector.cancelled', retryable: false });
}
