import type { WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';
import { t } from '../i18n/i18n.js';
import { toldMessage } from '../i18n/server-texts.js';

/**
 * Reads a pasted or chosen document. Only what the editor needs to draw it is checked here; the server has the last word.
 * @throws Error with a sentence for the person
 */
export function parseDocument(text: string): WorkflowDocumentInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(t('document.noJson', { error: toldMessage((error as Error).message) }), {
      cause: error,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(t('document.noObject'));
  const document = value as Record<string, unknown>;
  if (document['wfaib'] !== 1) {
    throw new Error(t('document.noWfaib'));
  }
  if (!Array.isArray(document['nodes'])) throw new Error(t('document.noNodes'));
  return {
    name: t('document.imported'),
    connections: [],
    ...document,
  } as unknown as WorkflowDocumentInput;
}
