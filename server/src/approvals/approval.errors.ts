import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when there is no such approval in the caller's project, or a link leads nowhere. */
export class ApprovalNotFound extends WfaibError {
  readonly code = 'approval.notFound';

  constructor() {
    super(say`There is no such approval. Its run may have been deleted, or the link is not complete.`);
  }
}

/** Thrown when a link is too old. */
export class ApprovalLinkExpired extends WfaibError {
  readonly code = 'approval.linkExpired';

  constructor(expiredAt: Date) {
    super(
      say`This link was good until ${{ at: { at: expiredAt.getTime() } }}. Sign in to decide, or ask for a new one.`,
    );
  }
}
