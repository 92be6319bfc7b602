import { createHash } from 'node:crypto';
import type { ItemInput, JsonObject } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { DateTime } from 'luxon';
import { canonicalJson } from '../../plan/canonical-json.js';
import type { StartRun } from '../run-control.schemas.js';
import { RunNodeUnknown, RunTriggerAmbiguous } from '../run-control.errors.js';

/** Where a run starts: a trigger, whose output the input is, or another node, whose input it is. */
export function startOf(
  document: WorkflowDocument,
  startAt: string | undefined,
  isTrigger: (type: string) => boolean,
): { nodeId: string; as: 'trigger' | 'input' } {
  if (startAt !== undefined) {
    const node = requireNode(document, startAt);
    return { nodeId: startAt, as: isTrigger(node.type) ? 'trigger' : 'input' };
  }
  const triggers = document.nodes.filter(({ type, disabled }) => isTrigger(type) && disabled !== true);
  const only = triggers.length === 1 ? triggers[0] : undefined;
  const manual = triggers.filter(({ type }) => type === 'core.manual');
  const chosen = only ?? (manual.length === 1 ? manual[0] : undefined);
  if (!chosen) throw new RunTriggerAmbiguous(document.name, triggers.length);
  return { nodeId: chosen.id, as: 'trigger' };
}

export function requireNode(document: WorkflowDocument, nodeId: string): WorkflowDocument['nodes'][number] {
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (!node) throw new RunNodeUnknown(document.name, nodeId);
  return node;
}

/**
 * What a run starts with that is given nothing: a test with what its trigger has pinned; else a schedule fires now, and
 * anything else has one empty item.
 */
export function itemsOfNothing(
  document: WorkflowDocument,
  start: ReturnType<typeof startOf>,
  mode: 'production' | 'test',
  now: number,
): ItemInput[] {
  const { type, parameters, pinned } = requireNode(document, start.nodeId);
  if (pinned && mode === 'test' && start.as === 'trigger') return pinned as ItemInput[];
  if (type !== 'core.schedule') return [{ json: {} }];
  const zone = String(parameters['timezone'] || document.settings.timezone);
  const time = DateTime.fromMillis(now, { zone }).toISO();
  return [{ json: { scheduledFor: time, firedAt: time } }];
}

/** The items of a request: none becomes one empty item, a plain object the `json` of one. */
export function itemsOf(input: StartRun['input']): ItemInput[] {
  if (input === undefined) return [{ json: {} }];
  return (Array.isArray(input) ? input : [input]).map((each) => (isItem(each) ? each : { json: each as JsonObject }));
}

function isItem(value: object): value is ItemInput {
  const { json, ...rest } = value as Partial<ItemInput>;
  const others = Object.keys(rest).filter((name) => name !== 'files');
  return typeof json === 'object' && json !== null && !Array.isArray(json) && others.length === 0;
}

/** Equal for requests that ask for the same run. */
export function inputHashOf(body: StartRun): string {
  const { workflowId, version, document, mode, input, startAt, stopAt } = body;
  const asked = { workflowId, version, document, mode, input, startAt, stopAt };
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(asked))))
    .digest('hex');
}
