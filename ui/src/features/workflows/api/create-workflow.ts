import type { WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';
import { post } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';

export const createWorkflow = (document: WorkflowDocumentInput) => post<Workflow>('/api/workflows', document);
