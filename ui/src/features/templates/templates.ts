import type { WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';

/** A workflow to begin with: it comes with the program and runs as it is, without accounts and without the internet. */
export interface Template {
  id: string;
  name: string;
  summary: string;
  document: WorkflowDocumentInput;
}

const files = import.meta.glob<{ default: WorkflowDocumentInput & { meta: { summary: string } } }>(
  './documents/*.json',
  {
    eager: true,
  },
);

const idOf = (path: string) => path.replace(/^.*\/|\.json$/g, '');

/** The one for beginners first, then by name. */
export const templates: readonly Template[] = Object.entries(files)
  .map(([path, { default: document }]) => ({
    id: idOf(path),
    name: document.name,
    summary: document.meta.summary,
    document,
  }))
  .toSorted(
    (one, other) =>
      Number(other.id === 'first-run') - Number(one.id === 'first-run') || one.name.localeCompare(other.name),
  );
