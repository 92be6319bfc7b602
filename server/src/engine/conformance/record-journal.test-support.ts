import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { storyOf } from '../../interpreter/journal-story.test-support.js';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import { compilePlan } from '../../plan/compile-plan.js';

/** Adds the journal of a run to the file of its case; see test/journals/README.md. */
export async function recordJournal(
  { database }: TestDatabase,
  folder: string,
  run: { runId: string; name: string; host: string; document: WorkflowDocument },
  describe: (type: string) => NodeDescriptor | undefined,
): Promise<void> {
  const rows = await database.query<{ data: string }>('SELECT data FROM run_event WHERE run_id = $1 ORDER BY seq', [
    run.runId,
  ]);
  const events = rows.map(({ data }) => JSON.parse(data) as RunEvent);
  const nodes = [...new Set(run.document.nodes.map(({ type }) => type))].map((type) => planned(describe(type)!));
  const story = storyOf(compilePlan(run.document, describe), events);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${run.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown[]) : [];
  const all = [...known, { host: run.host, nodes, document: run.document, events, story }];
  writeFileSync(file, `[\n${all.map(journalText).join(',\n')}\n]\n`);
}

/** What a plan needs of a description: texts for people are left out. */
function planned(node: NodeDescriptor): NodeDescriptor {
  return { ...node, label: node.type, description: '', fields: {} };
}

/** An event a line, so that a difference can be read. */
function journalText(journal: unknown): string {
  const entries = Object.entries(journal as object).map(([name, value]: [string, unknown]) => {
    const lines = Array.isArray(value)
      ? `[\n${value.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]`
      : JSON.stringify(value);
    return `"${name}": ${lines}`;
  });
  return `{\n${entries.join(',\n')}\n}`;
}
