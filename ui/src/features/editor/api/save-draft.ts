import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { put } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';

/** Saves unless someone saved after `revision`: then the server refuses with 409. */
export const saveDraft = (id: string, document: WorkflowDocument, revision: number) =>
  put<Workflow>(`/api/workflows/${id}`, document, { headers: { 'if-match': `"${revision}"` } });
