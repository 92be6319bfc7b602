import type { StepError } from '@wfaib/sdk/errors';
import type { AgainReason, RunEvent, WaitSpec } from '../../interpreter/run-events.types.js';
import { defaultReason } from '../run-care.schemas.js';

/** Why a step is done again, as the end of "…: ". */
const reasons: Record<AgainReason, string> = {
  start: 'the retry starts here',
  notDone: 'it had not ended well',
  nodeChanged: 'its node was changed',
  inputChanged: 'it gets other items',
  readsChanged: 'it reads a step that runs again',
  dataGone: 'its items are not kept any more',
  undone: 'it was undone',
  follows: 'it comes after',
};

type Created = Extract<RunEvent, { type: 'run.created' }>;

/**
 * An event as a sentence. Names of nodes are as the document has them.
 * @param nameOf the name of a node; its id where the document has it no more
 * @param whoOf the name of whoever an event is by
 */
export function wordsOf(event: RunEvent, nameOf: (nodeId: string) => string, whoOf: (by: string) => string): string {
  const name = 'nodeId' in event ? `"${nameOf(event.nodeId)}"` : '';
  const who = 'by' in event && event.by !== undefined ? whoOf(event.by) : undefined;
  switch (event.type) {
    case 'run.created':
      return created(event, nameOf);
    case 'input.edited':
      return `Other items took the place of an input: ${items(event.count)}`;
    case 'step.intended':
      return `${name} begins${event.attempt > 1 ? `, try ${event.attempt}` : ''}`;
    case 'step.succeeded':
      return succeeded(event, name);
    case 'step.retrying':
      return `${name} failed and will be tried again at ${time(event.dueAt)}: ${told(event.error)}`;
    case 'step.failed':
      return `${name} failed: ${told(event.error)}`;
    case 'step.paused':
      return `${name} failed, and the run waits for a person to decide: ${told(event.error)}`;
    case 'step.decided':
      return `${who ?? 'Somebody'} decided about ${name}: ${decisions[event.action]}`;
    case 'step.cancelled':
      return `${name} was cancelled`;
    case 'step.waiting':
      return `${name} waits ${event.waits.map(waited).join(' or ')}`;
    case 'wait.decided':
      return decidedBy(event, name);
    case 'wait.resolved':
      return `${name} waits no longer: ${ends[event.by]}. ${sent(event.outputs)}`;
    case 'step.calling':
      return `${name} calls ${event.calls.count === 1 ? 'a workflow' : `workflows, ${event.calls.count} times`}`;
    case 'child.started':
      return `${name} called the run ${event.runId}`;
    case 'child.ended':
      return `A run that ${name} called ${ended[event.status]}${event.error ? `: ${told(event.error)}` : ''}`;
    case 'run.replied':
      return 'The caller was answered';
    case 'run.cancelRequested':
      return `${who ?? 'Somebody'} ${event.isForced ? 'stopped the run at once' : 'asked to cancel the run'}`;
    case 'run.timedOut':
      return 'The time limit of the run is over';
    case 'run.paused':
      if (who === undefined) return `The run was paused: ${event.reason}`;
      return `${who} paused the run${event.reason === defaultReason ? '' : `: ${event.reason}`}`;
    case 'run.resumed':
      return who === undefined ? 'The run goes on after the pause' : `${who} let the run go on after the pause`;
    case 'run.handedOver':
      if (event.isBegin) return 'The turn of the run came';
      return `Another owner goes on with the run (${event.host}): ${event.reason}`;
    case 'run.finished':
      return finished(event);
  }
}

const decisions: Record<Extract<RunEvent, { type: 'step.decided' }>['action'], string> = {
  retry: 'it is tried again',
  skip: 'the run goes on without it',
  use: 'other items stand for its output',
  done: 'it was undone by hand',
};
const ended = { succeeded: 'ended well', failed: 'failed', cancelled: 'was cancelled' };
const ends: Record<string, string> = {
  timer: 'its time had come',
  resume: 'its address was called',
  decision: 'people decided',
};

function created({ mode, start, stopAt, retry }: Created, nameOf: (nodeId: string) => string): string {
  const kind = mode === 'test' ? 'test run' : 'run';
  const stop = stopAt === undefined ? '' : `, to stop at "${nameOf(stopAt)}"`;
  const first = `A ${kind} began at "${nameOf(start.nodeId)}" with ${items(start.count)}${stop}`;
  if (retry === undefined) return first;
  const again = retry.again.map(({ nodeId, reason }) => `"${nameOf(nodeId)}" (${reasons[reason]})`);
  const rest = again.length === 0 ? '' : `; done again: ${again.join(', ')}`;
  return `${first}. It repeats run ${retry.of} and keeps ${retry.kept} of its steps${rest}`;
}

function finished({ status, error, compensation }: Extract<RunEvent, { type: 'run.finished' }>): string {
  const undone = { done: '. What it had done was undone', failed: '. Not all of what it had done could be undone' };
  const end = error ? `The run ${status}: ${told(error)}` : `The run ${ended[status]}`;
  return `${end}${compensation === undefined ? '' : undone[compensation]}`;
}

function succeeded(event: Extract<RunEvent, { type: 'step.succeeded' }>, name: string): string {
  if (event.status === 'skipped') return `${name} is disabled and passed its items on`;
  if (event.error) return `${name} failed, and the run went on: ${told(event.error)}`;
  return `${name} ended well. ${sent(event.outputs)}`;
}

function sent(outputs: Record<string, number>): string {
  const ports = Object.entries(outputs);
  if (ports.length === 0) return 'Nothing went on';
  return `It sent on ${ports.map(([port, count]) => `${items(count)}${port === 'main' ? '' : ` by ${port}`}`).join(', ')}`;
}

function decidedBy({ by, decision, comment }: Extract<RunEvent, { type: 'wait.decided' }>, name: string): string {
  return `${by} ${decision} ${name}${comment === undefined ? '' : `: ${comment}`}`;
}

function waited({ kind, until }: WaitSpec): string {
  const what: Record<string, string> = { timer: '', webhook: 'for a call', approval: 'for a decision' };
  return [what[kind] ?? `for ${kind}`, until === undefined ? '' : `until ${time(until)}`].filter(Boolean).join(' ');
}

const items = (count: number): string => (count === 1 ? '1 item' : `${count} items`);
const time = (at: number): string => new Date(at).toISOString();
const told = ({ code, message }: StepError): string => `${message} (${code})`;
