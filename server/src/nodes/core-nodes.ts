import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { CoreNode } from './core-node.types.js';
import { aggregateNode } from './core/aggregate.node.js';
import { approvalNode } from './core/approval.node.js';
import { callNode } from './core/call.node.js';
import { calledNode } from './core/called.node.js';
import { codeNode } from './core/code.node.js';
import { dedupeNode } from './core/dedupe.node.js';
import { errorNode } from './core/error.node.js';
import { fileReadNode } from './core/file-read.node.js';
import { fileWriteNode } from './core/file-write.node.js';
import { filterNode } from './core/filter.node.js';
import { ifNode } from './core/if.node.js';
import { limitNode } from './core/limit.node.js';
import { loopNode } from './core/loop.node.js';
import { manualNode } from './core/manual.node.js';
import { mergeNode } from './core/merge.node.js';
import { noopNode } from './core/noop.node.js';
import { renameNode } from './core/rename.node.js';
import { respondNode } from './core/respond.node.js';
import { scheduleNode } from './core/schedule.node.js';
import { setNode } from './core/set.node.js';
import { sortNode } from './core/sort.node.js';
import { splitNode } from './core/split.node.js';
import { stopNode } from './core/stop.node.js';
import { summarizeNode } from './core/summarize.node.js';
import { switchNode } from './core/switch.node.js';
import { waitNode } from './core/wait.node.js';
import { webhookNode } from './core/webhook.node.js';
import { activityNode } from './temporal/activity.node.js';
import { temporalWorkflowNode } from './temporal/workflow.node.js';

const triggers = [manualNode, webhookNode, scheduleNode, calledNode, errorNode];
const people = [approvalNode];
const flow = [ifNode, switchNode, filterNode, mergeNode, loopNode, callNode, waitNode, respondNode, stopNode, noopNode];
const items = [setNode, splitNode, aggregateNode, sortNode, limitNode, renameNode, dedupeNode, summarizeNode];
const files = [fileReadNode, fileWriteNode];
const foreign = [activityNode, temporalWorkflowNode];

/** All core nodes by type, in the order of the picker. */
export const coreNodes: ReadonlyMap<string, CoreNode> = new Map(
  [...triggers, ...flow, ...people, ...items, ...files, codeNode, ...foreign].map((node) => [
    node.descriptor.type,
    node,
  ]),
);

/** Descriptor of a core node, `undefined` where there is no such type or version. The newest when no version is given. */
export function describeCoreNode(type: string, version?: number): NodeDescriptor | undefined {
  const descriptor = coreNodes.get(type)?.descriptor;
  return version === undefined || version === descriptor?.typeVersion ? descriptor : undefined;
}
