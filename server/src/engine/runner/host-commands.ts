import { eachCommand, nextCommands } from '../../interpreter/next.js';
import { deadlineOf } from '../../interpreter/queries.js';
import type { Command, StepVisit } from '../../interpreter/run-events.types.js';
import type { PlanNode } from '../../plan/plan.types.js';
import { timedCalls, type TimedCall } from '../children/late-calls.js';
import type { RunMemory } from './run-memory.js';
import type { HostCommand, StepWork } from './runner.types.js';

/** Code with a longer limit than this is heavy; milliseconds. */
const lightCodeMs = 3_000;
/** More items than this make any step heavy. */
const lightItems = 50_000;
/** Longest a try may take where the node does not say, in milliseconds. */
const defaultTimeoutMs = 300_000;
/** How long code may wait for its turn in the sandbox, which keeps the time limit of the code itself; milliseconds. */
const codeQueueMs = 600_000;

/** Stands for the run where a host asks which timer fires. */
export const deadlineStep = 'run';

function codeTimeoutOf({ node }: PlanNode): number {
  const timeoutMs = Number(node.parameters['timeoutMs'] ?? lightCodeMs);
  return Number.isFinite(timeoutMs) ? timeoutMs : lightCodeMs;
}

export function workOf(node: PlanNode): StepWork {
  if (node.descriptor.connector) return 'connector';
  return node.type === 'core.code' ? 'sandbox' : 'node';
}

/** Items that a visit has to do with. */
function itemsInto(node: PlanNode, { inputs }: Pick<StepVisit, 'inputs'>): number {
  const most = mostOfPort(node);
  const counts = inputs.map(({ port, arrivals }) => {
    const count = arrivals.reduce((sum, arrival) => sum + arrival.count, 0);
    return port === 'next' ? count : Math.min(most, count);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A round of a loop is about its batch, however many items are still to come. */
function mostOfPort({ loop, disabled, node }: PlanNode): number {
  const { batchSize = 1 } = node.parameters;
  return loop?.mode === 'batches' && !disabled && typeof batchSize === 'number' ? batchSize : Infinity;
}

/** Whether a visit runs in the process that decides: nothing in it takes long. Disabled nodes only pass their items on. */
export function isLight(node: PlanNode, visit: Pick<StepVisit, 'inputs'>): boolean {
  if (itemsInto(node, visit) > lightItems) return false;
  if (node.disabled) return true;
  if (node.type === 'core.code') return codeTimeoutOf(node) <= lightCodeMs;
  return node.weight === 'light' && node.effect === 'none';
}

/** Longest one try of the step may take, in milliseconds. */
export function timeoutOf(node: PlanNode): number {
  return node.node.timeoutMs ?? (node.type === 'core.code' ? codeTimeoutOf(node) + codeQueueMs : defaultTimeoutMs);
}

/** The earliest moment a wait ends by itself. */
export function waitEnd(command: Extract<Command, { kind: 'wait' }>): number | undefined {
  const ends = command.waits.flatMap(({ until }) => (until === undefined ? [] : [until]));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** What the host of a run has to see to. `ahead` are steps that were claimed for it already. */
export function hostCommandsOf(memory: RunMemory, ahead: Iterable<Command>): HostCommand[] {
  if (memory.isHeld) return [{ kind: 'idle' }];
  const commands = [...ahead, ...nextCommands(memory.state)].flatMap((command) => toHostCommand(memory, command));
  const dueAt = deadlineOf(memory.state);
  if (dueAt !== undefined)
    commands.push({ kind: 'timer', step: deadlineStep, attempt: 1, name: 'Time limit of the run', dueAt });
  if (!memory.state.paused) commands.push(...timedCalls(memory).map((call) => callTimer(memory, call)));
  return commands.length > 0 ? commands : [{ kind: 'idle' }];
}

function callTimer(memory: RunMemory, { progress: { visit, attempt }, dueAt }: TimedCall): HostCommand {
  return { kind: 'timer', step: visit.key, attempt, name: memory.node(visit.nodeId).name, dueAt };
}

function toHostCommand(memory: RunMemory, command: Command): HostCommand[] {
  if (command.kind === 'finish' || command.kind === 'call') return [];
  const { visit, attempt } = command;
  const node = memory.node(visit.nodeId);
  if (command.kind === 'wait') {
    const dueAt = waitEnd(command);
    return dueAt === undefined ? [] : [{ kind: 'timer', step: visit.key, attempt, name: node.name, dueAt }];
  }
  const due = command.dueAt === undefined ? {} : { dueAt: command.dueAt };
  return [
    { kind: 'step', step: visit.key, attempt, name: node.name, work: workOf(node), timeoutMs: timeoutOf(node), ...due },
  ];
}

const waitWords = { timer: 'a time', webhook: 'a call', approval: 'an approval' } as const;

/** What the run waits for without a time at which it ends, in words. */
export function openWaits(memory: RunMemory): string[] {
  const words: string[] = [];
  for (const command of eachCommand(memory.state)) {
    if (command.kind !== 'wait' || waitEnd(command) !== undefined) continue;
    const what = command.waits.map(({ kind }) => waitWords[kind]).join(' or ');
    words.push(`${memory.node(command.visit.nodeId).name}: ${what}`);
  }
  return words;
}

/** When the run has to be looked at again, at the latest. */
export function wakeTimeOf(memory: RunMemory): number | null {
  if (memory.isHeld) return null;
  let earliest = deadlineOf(memory.state) ?? Infinity;
  for (const command of eachCommand(memory.state)) {
    const time = command.kind === 'wait' ? waitEnd(command) : command.kind === 'step' ? command.dueAt : undefined;
    earliest = Math.min(earliest, time ?? Infinity);
  }
  for (const { dueAt } of timedCalls(memory)) earliest = Math.min(earliest, dueAt);
  return earliest === Infinity ? null : earliest;
}
