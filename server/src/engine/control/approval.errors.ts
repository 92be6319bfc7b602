import { say, type Sentence } from '@wfaib/sdk/sentence';
import { WfaibError } from '../../errors/wfaib.errors.js';
import type { ApprovalDecision } from '../../interpreter/approvals.js';
import type { FormFault } from '../../nodes/approval-form.js';

/** Thrown when an approval was decided before, and otherwise. */
export class ApprovalDecided extends WfaibError {
  readonly code = 'approval.decided';

  constructor(private readonly decided: ApprovalDecision) {
    super(decidedBefore(decided));
  }

  override details(): Record<string, unknown> {
    const { decision, by } = this.decided;
    return { decision, decidedBy: by, decidedAt: timeOf(this.decided) };
  }
}

function decidedBefore({ by, decision, at }: ApprovalDecision): Sentence {
  return decision === 'approved'
    ? say`This was decided before: ${{ by }} approved it at ${{ at: { at } }}.`
    : say`This was decided before: ${{ by }} rejected it at ${{ at: { at } }}.`;
}

const timeOf = ({ at }: ApprovalDecision): string => new Date(at).toISOString();

/** Thrown when somebody decides who is not asked. */
export class ApprovalDenied extends WfaibError {
  readonly code = 'approval.denied';

  constructor(approvers: readonly string[]) {
    const whom = approvers.length === 0 ? say`people who may control runs` : approvers;
    super(say`You are not asked to decide this. Asked are: ${{ whom }}.`);
  }
}

/** Thrown when the time of an approval is over. */
export class ApprovalExpired extends WfaibError {
  readonly code = 'approval.ended';

  constructor(until: Date) {
    super(
      say`The time to decide this ended at ${{ until: { at: until.getTime() } }}. What was to happen then happens.`,
    );
  }
}

/** Thrown when the answer to the form of an approval does not fit it. */
export class ApprovalFormInvalid extends WfaibError {
  readonly code = 'approval.formInvalid';

  constructor(private readonly faults: readonly FormFault[]) {
    super(faults.map(({ said }) => said).reduce((all, next) => say`${{ all }} ${{ next }}`));
  }

  override details(): Record<string, unknown> {
    return { problems: this.faults };
  }
}
