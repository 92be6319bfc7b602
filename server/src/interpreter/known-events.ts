import type { RunEvent } from './run-events.types.js';

/** A journal may hold others: what a newer version noted. */
const kinds: Record<RunEvent['type'], true> = {
  'run.created': true,
  'input.edited': true,
  'step.intended': true,
  'step.succeeded': true,
  'step.retrying': true,
  'step.failed': true,
  'step.paused': true,
  'step.decided': true,
  'step.cancelled': true,
  'step.waiting': true,
  'wait.decided': true,
  'wait.resolved': true,
  'step.calling': true,
  'child.started': true,
  'child.ended': true,
  'run.replied': true,
  'run.cancelRequested': true,
  'run.timedOut': true,
  'run.paused': true,
  'run.resumed': true,
  'run.handedOver': true,
  'run.finished': true,
};

/** Every kind of event that this version knows. */
export const knownEvents = Object.keys(kinds);

export function isKnownEvent(type: string): type is RunEvent['type'] {
  return Object.hasOwn(kinds, type);
}
