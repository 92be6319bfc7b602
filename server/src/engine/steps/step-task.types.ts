import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { ReportProgress } from '../../nodes/step-progress.js';
import type { RunMemory } from '../runner/run-memory.js';

/** One try of a step. */
export interface StepTask {
  memory: RunMemory;
  visit: StepVisit;
  attempt: number;
  signal: AbortSignal;
  /** Whether this process may still begin effects. @defaultValue always */
  mayTouch?: () => boolean;
  /** Takes how far it is. @defaultValue nobody watches */
  report?: ReportProgress;
}
