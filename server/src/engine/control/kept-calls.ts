import type { RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import { handedPort } from '../journal/related-parts.js';

type Calling = Extract<RunEvent, { type: 'step.calling' }>;
type ChildEvent = Extract<RunEvent, { type: 'child.started' | 'child.ended' }>;

/**
 * What a retry keeps of a step that called and did not end well: the called runs that did. Of another step it is nothing.
 * @returns events of a first try, and the ports under which the items of those runs are kept
 */
export function keptCall(step: StepKey, events: readonly RunEvent[]): { events: RunEvent[]; ports: string[] } {
  const own = events.filter((event) => 'step' in event && event.step === step);
  const calling = own.findLast((event): event is Calling => event.type === 'step.calling');
  if (calling === undefined) return { events: [], ports: [] };
  const children = own.filter((event): event is ChildEvent => event.type.startsWith('child.'));
  const isDone = ({ index, runId }: ChildEvent): boolean =>
    !calling.calls.isAwaited || children.some((each) => each.index === index && each.runId === runId && isWell(each));
  const done = children.filter((event) => (event.type === 'child.started' || isWell(event)) && isDone(event));
  return {
    events: [calling, ...done].map((event) => ({ ...event, attempt: 1 })),
    ports: done.map(({ index }) => handedPort(index)),
  };
}

function isWell(event: ChildEvent): boolean {
  return event.type === 'child.ended' && event.status === 'succeeded';
}
