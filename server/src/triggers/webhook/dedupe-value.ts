import { evaluateTemplate } from '@wfaib/sdk/expressions/evaluate';
import type { ItemInput } from '@wfaib/sdk/items';
import type { CalledWebhook } from './webhook-intake.service.js';

/**
 * The value that tells an event from others, as text.
 * @returns `undefined` where there is none, or where it cannot be had: such an event is run rather than lost
 */
export function dedupeValue(webhook: CalledWebhook, item: ItemInput, now = Date.now()): string | undefined {
  const template = webhook.settings.dedupeBy;
  if (template === undefined) return undefined;
  if (!template.startsWith('=')) return template;
  const full = { ...item, source: [] };
  try {
    const value = evaluateTemplate(template, {
      json: item.json,
      item: full,
      itemIndex: 0,
      input: { items: [full] },
      node: () => undefined,
      now,
      timezone: webhook.document.settings.timezone,
      vars: {},
      run: { id: '' },
      workflow: { id: webhook.workflowId, name: webhook.workflowName },
    });
    return value === null || value === '' ? undefined : JSON.stringify(value);
  } catch {
    return undefined;
  }
}
