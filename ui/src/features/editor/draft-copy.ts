import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { readStored, writeStored } from '../../shared/hooks/use-stored.js';

/** Changes the server has not got yet, kept in this browser so that a crash or a closed tab loses nothing. */
export interface DraftCopy {
  document: WorkflowDocument;
  revision: number;
  at: number;
}

const nameOf = (workflowId: string) => `draft.${workflowId}`;

export const keepCopy = (workflowId: string, copy: DraftCopy) => writeStored(nameOf(workflowId), copy);
export const readCopy = (workflowId: string) => readStored<DraftCopy | null>(nameOf(workflowId), null) ?? undefined;

export function dropCopy(workflowId: string): void {
  try {
    localStorage.removeItem(`wfaib.${nameOf(workflowId)}`);
  } catch {
    // Nothing was kept where storage is switched off.
  }
}
