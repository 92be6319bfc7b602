import type { RunEvent } from '../../interpreter/run-events.types.js';
import { durationText } from './duration-text.js';

/** A journal as lines to read. */
export function journalLines(events: readonly RunEvent[], nameOf: (nodeId: string) => string): string[] {
  const start = events[0] === undefined ? 0 : timeOf(events[0]);
  return events.map((event) => journalLine(event, start, nameOf));
}

/** When it happened after `start` (milliseconds since 1970), what, at which node, and what is due when. */
export function journalLine(event: RunEvent, start: number, nameOf: (nodeId: string) => string): string {
  const at = `+${durationText(timeOf(event) - start)}`.padEnd(8);
  const name = 'nodeId' in event ? ` "${nameOf(event.nodeId)}"` : '';
  return `${at} ${event.type}${name}${detailOf(event, start)}`;
}

function detailOf(event: RunEvent, start: number): string {
  switch (event.type) {
    case 'step.succeeded':
    case 'wait.resolved':
      return sentOn(event.outputs) + ('error' in event && event.error ? `, handled: ${event.error.code}` : '');
    case 'step.retrying':
      return ` try ${event.attempt}: ${event.error.code}, again at +${durationText(event.dueAt - start)}`;
    case 'step.failed':
      return ` try ${event.attempt}: ${event.error.code}: ${event.error.message}`;
    case 'step.waiting':
      return event.waits.map(({ kind, until }) => ` for a ${kind}${dueText(until, start)}`).join(',');
    case 'wait.decided':
      return ` ${event.decision} by ${event.by}`;
    case 'step.calling':
      return ` ${event.calls.count}${event.calls.isAwaited ? '' : ', without waiting'}`;
    case 'child.started':
      return ` call ${event.index}`;
    case 'child.ended':
      return ` call ${event.index} ${event.status}${event.error ? `: ${event.error.code}` : ''}`;
    case 'run.finished':
      return ` ${event.status}${event.error ? `: ${event.error.code}` : ''}`;
    default:
      return '';
  }
}

const dueText = (until: number | undefined, start: number): string =>
  until === undefined ? '' : ` until +${durationText(until - start)}`;

function sentOn(outputs: Record<string, number>): string {
  const ports = Object.entries(outputs).map(([port, count]) => `${port} ${count}`);
  return ports.length === 0 ? ' sent nothing' : ` sent ${ports.join(', ')}`;
}

function timeOf(event: RunEvent): number {
  return 'at' in event ? event.at : event.endedAt;
}
