import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

/** The document as a file: what holds by default anyway is left out, so what was imported comes out again. */
export function exportDocument(document: WorkflowDocument): string {
  const nodes = document.nodes.map(({ onError, ...node }) => (onError === 'stop' ? node : { ...node, onError }));
  const { branches, saveData, ...rest } = document.settings;
  const settings = {
    ...rest,
    ...(branches === 'parallel' ? {} : { branches }),
    ...(saveData === 'all' ? {} : { saveData }),
  };
  return JSON.stringify({ ...document, nodes, settings }, null, 2);
}
