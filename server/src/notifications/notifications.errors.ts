import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a notification does not exist in the caller's project. */
export class NotificationNotFound extends WfaibError {
  readonly code = 'notification.notFound';

  constructor(id: string) {
    super(say`There is no notification ${{ id }} in this project.`);
  }
}

/** Thrown when there is no such delivery of the notification (any more). */
export class DeliveryNotFound extends WfaibError {
  readonly code = 'delivery.notFound';

  constructor(id: string) {
    super(say`There is no delivery ${{ id }} of this notification. Deliveries are kept for 30 days.`);
  }
}

/** Thrown when the address did not take a delivery. */
export class DeliveryFailed extends WfaibError {
  readonly code = 'delivery.failed';

  constructor(
    name: string,
    host: string,
    reason: string,
    /** Whether to try again. */
    override readonly retryable: boolean,
  ) {
    super(say`"${{ name }}" (${{ host }}): ${{ reason }}`);
  }
}
