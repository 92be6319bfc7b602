import type { StepError } from '@wfaib/sdk/errors';
import { say, type Sentence, type SentenceValue } from '@wfaib/sdk/sentence';
import type { AgainReason, RunEvent, WaitSpec } from '../../interpreter/run-events.types.js';
import { defaultReason } from '../run-care.schemas.js';

/** Why a step is done again, as the end of "…: ". */
const reasons: Record<AgainReason, Sentence> = {
  start: say`the retry starts here`,
  notDone: say`it had not ended well`,
  nodeChanged: say`its node was changed`,
  inputChanged: say`it gets other items`,
  readsChanged: say`it reads a step that runs again`,
  dataGone: say`its items are not kept any more`,
  undone: say`it was undone`,
  follows: say`it comes after`,
};

type Created = Extract<RunEvent, { type: 'run.created' }>;

/**
 * An event as a sentence. Names of nodes are as the document has them.
 * @param nameOf the name of a node; its id where the document has it no more
 * @param whoOf the name of whoever an event is by
 * @param portOf what a way out of a node is called; `undefined` where it needs no name
 */
export function sentenceOf(
  event: RunEvent,
  nameOf: (nodeId: string) => string,
  whoOf: (by: string) => string,
  portOf: (nodeId: string, port: string) => SentenceValue | undefined,
): Sentence {
  const name = 'nodeId' in event ? nameOf(event.nodeId) : '';
  const who = 'by' in event && event.by !== undefined ? whoOf(event.by) : undefined;
  switch (event.type) {
    case 'run.created':
      return created(event, nameOf);
    case 'input.edited':
      return say`Other items took the place of an input: ${{ items: items(event.count) }}`;
    case 'step.intended':
      return event.attempt > 1
        ? say`"${{ name }}" begins, try ${{ attempt: event.attempt }}`
        : say`"${{ name }}" begins`;
    case 'step.succeeded':
      return succeeded(event, name, portOf);
    case 'step.retrying':
      return say`"${{ name }}" failed and will be tried again at ${{ due: { at: event.dueAt } }}: ${{ error: told(event.error) }}`;
    case 'step.failed':
      return say`"${{ name }}" failed: ${{ error: told(event.error) }}`;
    case 'step.paused':
      return say`"${{ name }}" failed, and the run waits for a person to decide: ${{ error: told(event.error) }}`;
    case 'step.decided':
      return say`${{ who: who ?? say`Somebody` }} decided about "${{ name }}": ${{ decision: decisions[event.action] }}`;
    case 'step.cancelled':
      return say`"${{ name }}" was cancelled`;
    case 'step.waiting':
      return waiting(event, name);
    case 'wait.decided':
      return decidedBy(event, name);
    case 'wait.resolved':
      return say`"${{ name }}" waits no longer: ${{ end: ends[event.by] ?? event.by }}. ${{ sent: sent(event, portOf) }}`;
    case 'step.calling':
      return event.calls.count === 1
        ? say`"${{ name }}" calls a workflow`
        : say`"${{ name }}" calls workflows, ${{ count: event.calls.count }} times`;
    case 'child.started':
      return say`"${{ name }}" called the run ${{ runId: event.runId }}`;
    case 'child.ended':
      return say`A run that "${{ name }}" called ${{ ended: ended[event.status] }}${{ why: event.error ? say`: ${{ error: told(event.error) }}` : '' }}`;
    default:
      return ofRun(event, who);
  }
}

type OfRun = Extract<
  RunEvent,
  {
    type: `run.${'replied' | 'cancelRequested' | 'timedOut' | 'paused' | 'resumed' | 'handedOver' | 'finished'}`;
  }
>;

/** @param who undefined where nobody did it */
function ofRun(event: OfRun, by: string | undefined): Sentence {
  const who = by ?? say`Somebody`;
  switch (event.type) {
    case 'run.replied':
      return say`The caller was answered`;
    case 'run.cancelRequested':
      return event.isForced ? say`${{ who }} stopped the run at once` : say`${{ who }} asked to cancel the run`;
    case 'run.timedOut':
      return say`The time limit of the run is over`;
    case 'run.paused':
      if (by === undefined) return say`The run was paused: ${{ reason: { text: event.reason } }}`;
      if (event.reason === defaultReason) return say`${{ who }} paused the run`;
      return say`${{ who }} paused the run: ${{ reason: event.reason }}`;
    case 'run.resumed':
      return by === undefined
        ? say`The run goes on after the pause`
        : say`${{ who }} let the run go on after the pause`;
    case 'run.handedOver':
      if (event.isBegin) return say`The turn of the run came`;
      return say`Another owner goes on with the run (${{ host: event.host }}): ${{ reason: { text: event.reason } }}`;
    case 'run.finished':
      return finished(event);
    default:
      return say`A newer version of WFAIB noted ${{ type: (event satisfies never as RunEvent).type }}, which this one does not know`;
  }
}

const decisions: Record<Extract<RunEvent, { type: 'step.decided' }>['action'], Sentence> = {
  retry: say`it is tried again`,
  skip: say`the run goes on without it`,
  use: say`other items stand for its output`,
  done: say`it was undone by hand`,
};
const ended = { succeeded: say`ended well`, failed: say`failed`, cancelled: say`was cancelled` };
const ends: Record<string, Sentence> = {
  timer: say`its time had come`,
  resume: say`its address was called`,
  decision: say`people decided`,
};

function created({ mode, start, stopAt, retry }: Created, nameOf: (nodeId: string) => string): Sentence {
  const kind = mode === 'test' ? say`test run` : say`run`;
  const stop = stopAt === undefined ? '' : say`, to stop at "${{ name: nameOf(stopAt) }}"`;
  const first = say`A ${{ kind }} began at "${{ name: nameOf(start.nodeId) }}" with ${{ items: items(start.count) }}${{ stop }}`;
  if (retry === undefined) return first;
  const again = retry.again.map(
    ({ nodeId, reason }) => say`"${{ name: nameOf(nodeId) }}" (${{ reason: reasons[reason] }})`,
  );
  const rest = again.length === 0 ? '' : say`; done again: ${{ again }}`;
  return say`${{ first }}. It repeats run ${{ of: retry.of }} and keeps ${{ kept: retry.kept }} of its steps${{ rest }}`;
}

function finished({ status, error, compensation }: Extract<RunEvent, { type: 'run.finished' }>): Sentence {
  const end = error
    ? say`The run ${{ ended: stopped[status] }}: ${{ error: told(error) }}`
    : say`The run ${{ ended: ended[status] }}`;
  return compensation === undefined ? end : say`${{ end }}${{ undone: undone[compensation] }}`;
}

const stopped = { succeeded: say`succeeded`, failed: say`failed`, cancelled: say`cancelled` };
const undone = {
  done: say`. What it had done was undone`,
  failed: say`. Not all of what it had done could be undone`,
};

type PortOf = Parameters<typeof sentenceOf>[3];

function succeeded(event: Extract<RunEvent, { type: 'step.succeeded' }>, name: string, portOf: PortOf): Sentence {
  if (event.status === 'skipped') return say`"${{ name }}" is disabled and passed its items on`;
  if (event.error) return say`"${{ name }}" failed, and the run went on: ${{ error: told(event.error) }}`;
  return say`"${{ name }}" ended well. ${{ sent: sent(event, portOf) }}`;
}

function sent(
  { nodeId, outputs }: { nodeId: string; outputs: Readonly<Record<string, number>> },
  portOf: PortOf,
): Sentence {
  const ports = Object.entries(outputs);
  if (ports.length === 0) return say`Nothing went on`;
  const parts = ports.map(([name, count]) => {
    const port = portOf(nodeId, name);
    return port === undefined ? items(count) : say`${{ items: items(count) }} by "${{ port }}"`;
  });
  return say`It sent on ${{ parts }}`;
}

function decidedBy({ by, decision, comment }: Extract<RunEvent, { type: 'wait.decided' }>, name: string): Sentence {
  const said = comment === undefined ? '' : say`: ${{ comment }}`;
  return decision === 'approved'
    ? say`${{ by }} approved "${{ name }}"${{ said }}`
    : say`${{ by }} rejected "${{ name }}"${{ said }}`;
}

function waiting({ waits }: Extract<RunEvent, { type: 'step.waiting' }>, name: string): Sentence {
  const either = waits.map(waited).reduce((one, other) => say`${{ one }} or ${{ other }}`);
  return say`"${{ name }}" waits ${{ what: either }}`;
}

const waitKinds: Record<string, Sentence> = { webhook: say`for a call`, approval: say`for a decision` };

function waited({ kind, until }: WaitSpec): Sentence {
  if (kind === 'timer' && until !== undefined) return say`until ${{ until: { at: until } }}`;
  const what = waitKinds[kind] ?? say`for ${{ kind }}`;
  return until === undefined ? what : say`${{ what }} until ${{ until: { at: until } }}`;
}

const items = (count: number): Sentence => (count === 1 ? say`1 item` : say`${{ count }} items`);
const told = ({ code, message }: StepError): Sentence => say`${{ message }} (${{ code }})`;
