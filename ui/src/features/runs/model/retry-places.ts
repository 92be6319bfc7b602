import type { RunOverview } from '../../../api/types.js';
import { t } from '../../../shared/i18n/i18n.js';
import type { RetryRequest } from '../api/retry-run.js';

/** Where a retry may begin, in words, and how the server is asked for it. */
export interface RetryPlace {
  label: string;
  request: Pick<RetryRequest, 'from' | 'at'>;
}

/** From the visits of a step on. */
export const fromStep = ({ nodeId, name }: { nodeId: string; name: string }): RetryPlace => ({
  label: t('retry.fromStep', { name }),
  request: { from: nodeId },
});

/** What ended after an event of the history. */
export const fromEvent = (at: number): RetryPlace => ({ label: t('retry.fromEvent', { at }), request: { at } });

/** Where it can begin: where a person asked for it, where the run failed or was cancelled, and from the start. */
export function retryPlaces(run: RunOverview, asked: RetryPlace | undefined): RetryPlace[] {
  const failed = run.nodes.find(({ nodeId }) => nodeId === run.focus?.nodeId);
  const goOn = run.status === 'failed' ? t('retry.fromFailed', { name: failed?.name ?? '' }) : t('retry.fromCancelled');
  const first = run.nodes[0];
  return [
    ...(asked ? [asked] : []),
    // Without a place, all that did not end well is done again, and nothing else.
    ...(run.status === 'succeeded' ? [] : [{ label: goOn, request: {} }]),
    ...(first && asked?.request.from !== first.nodeId
      ? [{ label: t('retry.fromStart'), request: { from: first.nodeId } }]
      : []),
  ];
}
