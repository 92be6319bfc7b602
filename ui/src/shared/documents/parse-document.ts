import type { WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';

/**
 * Reads a pasted or chosen document. Only what the editor needs to draw it is checked here; the server has the last word.
 * @throws Error with a sentence for the person
 */
export function parseDocument(text: string): WorkflowDocumentInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('A document is a JSON object.');
  const document = value as Record<string, unknown>;
  if (document['wfaib'] !== 1) {
    throw new Error('This is no WFAIB document: it has no "wfaib": 1.');
  }
  if (!Array.isArray(document['nodes'])) throw new Error('The document has no list of "nodes".');
  return {
    name: 'Imported workflow',
    connections: [],
    ...document,
  } as unknown as WorkflowDocumentInput;
}
