import { retryPolicyOf } from '@wfaib/sdk/workflow-document';
import type { RunEvent, StepVisit, WaitSpec } from '../../interpreter/run-events.types.js';
import { retryDecision } from '../../interpreter/retry-policy.js';
import type { StepOutcome } from '../steps/step-outcome.types.js';
import { keepOutputs, putOutputs } from './put-outputs.js';
import type { RunMemory } from './run-memory.js';
import { finishedPort, keepDone, keepFinished } from './step-leftover.js';

/** Most that one visit may send on without storing it in chunks, in characters of JSON. */
const maxOutputChars = 64_000_000;

interface Settled {
  visit: StepVisit;
  attempt: number;
  claim: string | undefined;
  newId: () => string;
  /** Spreads the waits before retries. @defaultValue at random */
  random?: () => number;
  /** Another executor of this try died before: it may have had its effect. */
  isRepeated?: boolean;
}

/**
 * Records what one try of a step came to, with its items, its answer to the caller and its waits.
 * @returns false where the step has got another outcome meanwhile: the winner's is kept.
 */
export function recordOutcome(memory: RunMemory, settled: Settled, outcome: StepOutcome): boolean {
  const { visit, attempt, claim } = settled;
  const fact = { step: visit.key, nodeId: visit.nodeId, iteration: visit.iteration, attempt };
  const times = { startedAt: outcome.startedAt, endedAt: outcome.endedAt, ...(claim === undefined ? {} : { claim }) };
  if (outcome.kind === 'waiting') {
    const event: RunEvent = {
      type: 'step.waiting',
      at: outcome.endedAt,
      startedAt: outcome.startedAt,
      waits: outcome.waits,
      ...fact,
    };
    return recordWith(memory, event, outcome) && putWaits(memory, settled, outcome.waits);
  }
  if (outcome.kind === 'calling') {
    const { startedAt, endedAt: at, calls } = outcome;
    return recordWith(memory, { type: 'step.calling', at, startedAt, calls, ...fact }, outcome);
  }
  if (outcome.kind === 'cancelled')
    return recordWith(memory, { type: 'step.cancelled', at: outcome.endedAt, ...fact }, outcome);
  if (outcome.kind === 'failed') return recordFailure(memory, { ...fact, ...times }, outcome, settled);
  const { counts, rows } = putOutputs(visit.key, outcome);
  const chars = rows.reduce((sum, { body }) => sum + body.length, 0);
  if (chars > maxOutputChars) return recordFailure(memory, { ...fact, ...times }, tooLarge(outcome, chars), settled);
  const error = outcome.error === undefined ? {} : { error: outcome.error };
  const event: RunEvent = {
    type: 'step.succeeded',
    status: outcome.status,
    outputs: counts,
    ...error,
    ...fact,
    ...times,
  };
  if (!recordWith(memory, event, outcome)) return false;
  keepOutputs(memory, visit.key, outcome, rows);
  if (attempt > 1) memory.draft.addData({ step: visit.key, port: finishedPort, body: '[]', items: 0 });
  if (outcome.reply) putReply(memory, visit, outcome);
  return true;
}

function recordWith(memory: RunMemory, event: RunEvent & { step: string }, outcome: StepOutcome): boolean {
  if (!memory.record(event)) return false;
  const row = memory.steps.get(event.step);
  if (row && outcome.logs && outcome.logs.length > 0) row.logs = [...(row.logs ?? []), ...outcome.logs].slice(-1_000);
  return true;
}

function tooLarge({ startedAt, endedAt }: StepOutcome, chars: number): Extract<StepOutcome, { kind: 'failed' }> {
  const message = `The step made ${chars} characters of JSON; ${maxOutputChars} is the most. Work on fewer items at once.`;
  const error = { code: 'step.outputTooLarge', message, retryable: false };
  return { kind: 'failed', error, startedAt, endedAt };
}

type FailureFact = Omit<Extract<RunEvent, { type: 'step.failed' }>, 'type' | 'error'>;
type Failed = Extract<StepOutcome, { kind: 'failed' }>;

/** Another try is due, or a person decides, or the step has failed for good. */
function recordFailure(memory: RunMemory, fact: FailureFact, outcome: Failed, settled: Settled): boolean {
  const { step } = fact;
  const { error, finished = new Map() } = outcome;
  const again = retryDecision(retryPolicyOf(memory.node(fact.nodeId).node), fact.attempt, error, randomOf(settled));
  const failure = { error, ...fact, ...leftoverOf(memory, settled, outcome) };
  const event: Extract<RunEvent, { step: string }> = again
    ? { type: 'step.retrying', ...failure, dueAt: outcome.endedAt + again.delayMs }
    : { type: pausesOn(memory, settled.visit) ? 'step.paused' : 'step.failed', ...failure };
  if (!recordWith(memory, event, outcome)) return false;
  if (event.type !== 'step.failed') keepFinished(memory, step, finished);
  else if (settled.visit.undoes !== undefined) putTask(memory, settled);
  return true;
}

const randomOf = ({ random = Math.random }: Settled): number => random();

/** What the undoing needs to know of a failed try. */
function leftoverOf(memory: RunMemory, { visit, isRepeated }: Settled, { finished }: Failed) {
  const isUndoable = memory.node(visit.nodeId).compensatedBy !== undefined && visit.undoes === undefined;
  const done = isUndoable && finished ? keepDone(memory, visit.key, finished) : 0;
  return { ...(done > 0 && { done }), ...(isUndoable && isRepeated && { isUncertain: true as const }) };
}

/** Whether the run waits for a person when this step fails for good. */
function pausesOn(memory: RunMemory, { nodeId, undoes }: StepVisit): boolean {
  if (undoes !== undefined) return false;
  const { onError } = memory.node(nodeId).node;
  return onError === 'pause' || (onError === 'stop' && memory.program.document.settings.onFailure === 'pause');
}

/** What could not be undone is a task for a person. */
function putTask(memory: RunMemory, { visit, attempt, newId }: Settled): void {
  const { key: step, nodeId } = visit;
  memory.draft.waits.push({ id: newId(), step, nodeId, attempt, kind: 'compensation', token: null, until: null });
}

function putReply(memory: RunMemory, visit: StepVisit, outcome: Extract<StepOutcome, { kind: 'succeeded' }>): void {
  if (!memory.record({ type: 'run.replied', at: outcome.endedAt, step: visit.key })) return;
  memory.run.reply = outcome.reply ?? null;
  memory.draft.hasReply = true;
}

function putWaits(memory: RunMemory, { visit, attempt, newId }: Settled, waits: WaitSpec[]): boolean {
  for (const wait of waits) {
    const id = newId();
    const token = wait.kind === 'timer' ? null : waitToken(memory, visit.key);
    memory.draft.waits.push({
      id,
      step: visit.key,
      nodeId: visit.nodeId,
      attempt,
      kind: wait.kind,
      token,
      until: wait.until ?? null,
      ...(wait.approval && { request: wait.approval }),
    });
  }
  return true;
}

/** Ends one wait from outside: the token of the run plus the step it belongs to. */
function waitToken(memory: RunMemory, step: string): string {
  return `${resumeToken(memory.run)}.${step}`;
}

/** `$run.resumeUrl` ends with this: valid from the start of the run, for the wait that is reached first. */
export function resumeToken(run: { id: string; resumeSecret: string }): string {
  return `${run.id.replaceAll('-', '')}${run.resumeSecret}`;
}
