import type { Item } from '@wfaib/sdk/items';
import { createRunState } from '../../interpreter/run-state.js';
import { inputPort, startKey } from '../../interpreter/step-keys.js';
import type { RunRow } from '../journal/run-row.types.js';
import type { Kept } from '../control/kept-journal.service.js';
import { RunMemory, type RunProgram } from '../runner/run-memory.js';
import type { HostName } from '../runner/runner.types.js';
import type { LaunchRequest } from '../run-launcher.service.js';

/** What the launcher adds to a request. */
export interface MadeRun {
  id: string;
  /** Milliseconds since 1970. */
  now: number;
  monotonic: number;
  resumeSecret: string;
  durability: string;
  host: HostName;
  processId: string | null;
  place: RunRow['place'];
}

/** A run that is in memory only, with its creation and its first items drafted. */
export function createMemory(request: LaunchRequest, program: RunProgram, made: MadeRun): RunMemory {
  const run = rowOf(request, program, made);
  const keyScope = request.keyScope ?? request.workflowId ?? '';
  const memory = new RunMemory(
    run,
    program,
    createRunState(program.plan),
    { keyScope, inputHash: request.inputHash ?? '' },
    made.monotonic,
  );
  const { mode, start, items, stopAt, retryOf, kept, undone } = request;
  const retry = retryOf === undefined || kept === undefined ? {} : { retry: { of: retryOf, ...kept.report } };
  memory.record({
    type: 'run.created',
    at: made.now,
    mode,
    start: { ...start, count: items.length },
    ...(stopAt === undefined ? {} : { stopAt }),
    ...retry,
    ...(undone === undefined || Object.keys(undone).length === 0 ? {} : { undone }),
  });
  putItems(memory, request, made.now);
  if (request.kept) takeOver(memory, request.kept, made.now);
  return memory;
}

function rowOf(request: LaunchRequest, program: RunProgram, made: MadeRun): RunRow {
  return {
    id: made.id,
    projectId: request.projectId,
    workflowId: request.workflowId ?? null,
    workflowName: request.workflowName,
    version: request.version ?? null,
    documentHash: program.hash,
    mode: request.mode,
    durability: made.durability,
    startNodeId: request.start.nodeId,
    startAs: request.start.as,
    stopAt: request.stopAt ?? null,
    answersCaller: request.answersCaller,
    idempotencyKey: request.idempotencyKey ?? null,
    rootRunId: request.rootRunId ?? made.id,
    parentRunId: request.parentRunId ?? null,
    retryOf: request.retryOf ?? null,
    startedBy: request.startedBy,
    keyRoot: request.keyRoot ?? request.rootRunId ?? made.id,
    depth: request.depth ?? 0,
    calledBy: request.calledBy ?? null,
    place: made.place,
    resumeSecret: made.resumeSecret,
    createdAt: made.now,
    status: 'pending',
    host: made.host,
    epoch: 1,
    lastSeq: 0,
    processId: made.processId,
    takeovers: 0,
    startedAt: null,
    endedAt: null,
    wakeAt: null,
    error: null,
    result: null,
    reply: null,
    compensation: null,
  };
}

/** What the run was started with is the output of its trigger, or stands before its first node. */
function putItems(memory: RunMemory, { start, items: given }: LaunchRequest, now: number): void {
  const isTrigger = start.as === 'trigger';
  const step = startKey(memory.plan, start);
  const port = isTrigger ? (memory.node(start.nodeId).outputs[0] ?? 'main') : inputPort;
  const items: Item[] = given.map((item) => ({ ...item, source: [] }));
  const body = JSON.stringify(items);
  memory.items.put(step, port, { items }, body.length);
  memory.draft.addData({ step, port, body, items: items.length });
  if (!isTrigger) return;
  const row = memory.newStepRow(step, start.nodeId);
  const outputs = items.length > 0 ? { [port]: items.length } : {};
  memory.putStep({ ...row, status: 'succeeded', startedAt: now, endedAt: now, outputs, itemsOut: items.length });
}

/** The new run begins with what the old one had done: its events, rows and items, as if they were its own. */
function takeOver(memory: RunMemory, { events, steps, data }: Kept, now: number): void {
  // Its own time begins now, whenever its first steps were done.
  if (events.length > 0 && memory.run.place !== 'held') memory.run.startedAt = now;
  for (const event of events) memory.record(event);
  const first = memory.stepCount - steps.length;
  for (const [index, row] of steps.entries()) memory.putStep({ ...row, position: first + index });
  for (const row of data) memory.draft.addData(row);
}
