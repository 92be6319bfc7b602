import type { StepError } from '@wfaib/sdk/errors';
import type { Item } from '@wfaib/sdk/items';
import type { Problem } from '@wfaib/sdk/workflow-document';
import type { RawDocument } from '../documents/canonical-text.js';

/** A workflow, as the API shows it. */
export interface ServerWorkflow {
  id: string;
  name: string;
  draft: RawDocument;
  revision: number;
  live: number | null;
  problems: Problem[];
}

export interface ServerWorkflowSummary {
  id: string;
  name: string;
  revision: number;
  live: number | null;
  updatedAt: string;
}

/** A run, as the API shows it: the part that is printed. */
export interface ServerRun {
  id: string;
  status: string;
  workflowId: string | null;
  createdAt: string;
  endedAt: string | null;
  result: { nodeId: string; itemCount: number; items: Item[] } | null;
  error: StepError | null;
  steps: {
    id: string;
    nodeId: string;
    name: string;
    iteration: number[];
    visit: number;
    attempt: number;
    status: string;
    startedAt: string | null;
    endedAt: string | null;
    itemCounts: { in: number; out: number };
    error: StepError | null;
  }[];
}

export const endedStatuses: readonly string[] = ['succeeded', 'failed', 'cancelled'];
