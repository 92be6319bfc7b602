import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

/** Makes a draft equal to another document; what the other does not have goes. */
export function replaceDocument(draft: WorkflowDocument, next: WorkflowDocument): void {
  for (const key of Object.keys(draft)) if (!(key in next)) delete (draft as unknown as Record<string, unknown>)[key];
  Object.assign(draft, next);
}
