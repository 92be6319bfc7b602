import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { put } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';
import { editingTab } from '../editing/editing-tab.js';

/** Saves unless someone saved after `revision`, or another tab edits by now: then the server refuses with 409. */
export const saveDraft = (id: string, document: WorkflowDocument, revision: number) =>
  put<Workflow>(`/api/workflows/${id}`, document, {
    headers: { 'if-match': `"${revision}"`, 'wfaib-tab': editingTab },
  });
