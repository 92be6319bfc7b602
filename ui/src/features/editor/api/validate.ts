import type { Problem, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { post } from '../../../api/client.js';
import { toldProblem } from '../../../shared/i18n/told.js';

export const validate = (document: WorkflowDocument) =>
  post<{ problems: Problem[] }>('/api/workflows/validate', document).then((answer) => answer.problems.map(toldProblem));
