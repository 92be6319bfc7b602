import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a document cannot become a plan. The problem list of the workflow says the same before a run starts. */
export class PlanImpossible extends WfaibError {
  readonly code = 'plan.impossible';
}
