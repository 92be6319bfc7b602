import { WfaibError } from '../../errors/wfaib.errors.js';
import type { ApprovalDecision } from '../../interpreter/approvals.js';
import type { FormFault } from '../../nodes/approval-form.js';

/** Thrown when an approval was decided before, and otherwise. */
export class ApprovalDecided extends WfaibError {
  readonly code = 'approval.decided';

  constructor(private readonly decided: ApprovalDecision) {
    super(`This was decided before: ${decided.by} ${decided.decision} it at ${timeOf(decided)}.`);
  }

  override details(): Record<string, unknown> {
    const { decision, by } = this.decided;
    return { decision, decidedBy: by, decidedAt: timeOf(this.decided) };
  }
}

const timeOf = ({ at }: ApprovalDecision): string => new Date(at).toISOString();

/** Thrown when somebody decides who is not asked. */
export class ApprovalDenied extends WfaibError {
  readonly code = 'approval.denied';

  constructor(approvers: readonly string[]) {
    const whom = approvers.length === 0 ? 'people who may control runs' : approvers.join(', ');
    super(`You are not asked to decide this. Asked are: ${whom}.`);
  }
}

/** Thrown when the time of an approval is over. */
export class ApprovalExpired extends WfaibError {
  readonly code = 'approval.ended';

  constructor(until: Date) {
    super(`The time to decide this ended at ${until.toISOString()}. What was to happen then happens.`);
  }
}

/** Thrown when the answer to the form of an approval does not fit it. */
export class ApprovalFormInvalid extends WfaibError {
  readonly code = 'approval.formInvalid';

  constructor(private readonly faults: readonly FormFault[]) {
    super(faults.map(({ message }) => message).join(' '));
  }

  override details(): Record<string, unknown> {
    return { problems: this.faults };
  }
}
