import type { WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';
import { serverText } from '../../shared/i18n/server-texts.js';

type TemplateDocument = WorkflowDocumentInput & { meta: { summary: string } };

/** A workflow to begin with: it comes with the program and runs as it is, without accounts and without the internet. */
export interface Template {
  id: string;
  name: string;
  summary: string;
  document: WorkflowDocumentInput;
}

const files = import.meta.glob<{ default: TemplateDocument }>('./documents/*.json', { eager: true });

const idOf = (path: string) => path.replace(/^.*\/|\.json$/g, '');

/** In the language of the page; the one for beginners first, then by name. */
export const templatesInWords = (): readonly Template[] =>
  Object.entries(files)
    .map(([path, { default: written }]) => {
      const document = inWords(written);
      return { id: idOf(path), name: document.name, summary: document.meta.summary, document };
    })
    .toSorted(
      (one, other) =>
        Number(other.id === 'first-run') - Number(one.id === 'first-run') || one.name.localeCompare(other.name),
    );

/** No expression of a template names a step, so the names may be any. */
function inWords(document: TemplateDocument): TemplateDocument {
  return {
    ...document,
    name: serverText(document.name),
    nodes: document.nodes.map((node) => ({ ...node, name: serverText(node.name) })),
    meta: { ...document.meta, summary: serverText(document.meta.summary) },
  };
}
