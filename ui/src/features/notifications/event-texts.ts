import type { TextKey } from '../../shared/i18n/i18n.js';
import type { EventName } from './api/notifications.js';

/** What happened, in words. */
export const eventTexts: Record<EventName | 'test', TextKey> = {
  'run.failed': 'notifications.runFailed',
  'run.succeeded': 'notifications.runSucceeded',
  'run.paused': 'notifications.runPaused',
  'approval.requested': 'notifications.approvalRequested',
  test: 'notifications.testMessage',
};
