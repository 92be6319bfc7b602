import type { RunCommit } from './run-commit.types.js';
import type { StatementBuilder } from './statement-builder.js';

/** Port under which the result of a called run is kept for the step that called it. No node can have a port of this name. */
export const handedPort = (index: number | '%'): string => `@child:${index}`;

/**
 * What an append writes for other runs, in the transaction of its own: news for their inbox, items for the step that
 * called this run, and that the runs it called are not wanted any more.
 */
export function addRelated(statement: StatementBuilder, commits: readonly RunCommit[]): void {
  addNews(statement, commits);
  addHanded(statement, commits);
  addTaken(statement, commits);
  addRecalled(statement, commits);
}

function addNews(statement: StatementBuilder, commits: readonly RunCommit[]): void {
  const news = commits.flatMap(({ run, news: all }) => all.map((row) => ({ from: run.id, row })));
  if (news.length === 0) return;
  const source = statement.rows('n', news, [
    ['from_id', 'uuid', ({ from }) => from],
    ['id', 'uuid', ({ row }) => row.id],
    ['run_id', 'uuid', ({ row }) => row.runId],
    ['kind', 'text', ({ row }) => row.kind],
    ['step_key', 'text', ({ row }) => row.step],
    ['body', 'text', ({ row }) => JSON.stringify(row.body)],
    ['dedupe', 'text', ({ row }) => row.dedupe],
  ]);
  statement.part(
    'news',
    `INSERT INTO run_inbox (id, run_id, kind, step_key, body, dedupe)
     SELECT n.id, n.run_id, n.kind, n.step_key, n.body, n.dedupe FROM ${source} JOIN ok ON ok.id = n.from_id
     ON CONFLICT (run_id, dedupe) DO NOTHING`,
  );
}

function addHanded(statement: StatementBuilder, commits: readonly RunCommit[]): void {
  const handed = commits.flatMap(({ run, handed: all }) => all.map((row) => ({ from: run.id, row })));
  if (handed.length === 0) return;
  const source = statement.rows('h', handed, [
    ['from_id', 'uuid', ({ from }) => from],
    ['run_id', 'uuid', ({ row }) => row.runId],
    ['step_key', 'text', ({ row }) => row.step],
    ['port', 'text', ({ row }) => row.port],
    ['body', 'text', ({ row }) => row.body],
    ['items', 'int', ({ row }) => row.items],
    ['bytes', 'int', ({ row }) => row.body.length],
  ]);
  const columns = 'run_id, step_key, port, body, items, bytes';
  statement.part(
    'handed',
    `INSERT INTO run_data (${columns})
     SELECT h.run_id, h.step_key, h.port, h.body, h.items, h.bytes FROM ${source} JOIN ok ON ok.id = h.from_id
     ON CONFLICT (run_id, step_key, port) DO UPDATE SET body = excluded.body, items = excluded.items, bytes = excluded.bytes`,
  );
}

function addTaken(statement: StatementBuilder, commits: readonly RunCommit[]): void {
  const taken = commits.flatMap(({ run, taken: all }) => all.map((step) => ({ runId: run.id, step })));
  if (taken.length === 0) return;
  const source = statement.rows('t', taken, [
    ['run_id', 'uuid', ({ runId }) => runId],
    ['step_key', 'text', ({ step }) => step],
  ]);
  statement.part(
    'taken',
    `DELETE FROM run_data d USING ${source} JOIN ok ON ok.id = t.run_id
     WHERE d.run_id = t.run_id AND d.step_key = t.step_key AND d.port LIKE '${handedPort('%')}'`,
  );
}

/** Runs that a step called and waited for are cancelled with the end of their caller. */
function addRecalled(statement: StatementBuilder, commits: readonly RunCommit[]): void {
  const callers = commits.filter(({ recallsChildren }) => recallsChildren);
  if (callers.length === 0) return;
  const source = statement.rows('q', callers, [['id', 'uuid', ({ run }) => run.id]]);
  statement.part(
    'recalled',
    `INSERT INTO run_inbox (id, run_id, kind, body, dedupe)
     SELECT gen_random_uuid(), c.id, 'cancel', '{"by":"the run that called it"}', 'cancel'
     FROM ${source} JOIN ok USING (id) JOIN run c ON c.parent_run_id = q.id
     WHERE c.is_awaited AND c.ended_at IS NULL
     ON CONFLICT (run_id, dedupe) DO NOTHING`,
  );
}
