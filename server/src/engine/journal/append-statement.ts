import type { RunEvent } from '../../interpreter/run-events.types.js';
import type { RunCommit } from './run-commit.types.js';
import { addRelated } from './related-parts.js';
import { addTold } from './told-part.js';
import { StatementBuilder, type Column } from './statement-builder.js';

type Of<Part> = { runId: string; row: Part };

const time = (column: string) => `to_timestamp(${column} / 1000.0)`;
const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));

function flat<Part>(commits: readonly RunCommit[], pick: (commit: RunCommit) => readonly Part[]): Of<Part>[] {
  return commits.flatMap((commit) => pick(commit).map((row) => ({ runId: commit.run.id, row })));
}

/** Columns of a run that an append may change. */
const changing: Column<RunCommit>[] = [
  ['id', 'uuid', ({ run }) => run.id],
  ['epoch', 'int', ({ run }) => run.epoch],
  ['expected', 'int', ({ expectedSeq }) => expectedSeq],
  ['n', 'int', ({ events }) => events.length],
  ['status', 'text', ({ run }) => run.status],
  ['process_id', 'uuid', ({ run }) => run.processId],
  ['started_at', 'float8', ({ run }) => run.startedAt],
  ['ended_at', 'float8', ({ run }) => run.endedAt],
  ['wake_at', 'float8', ({ run }) => run.wakeAt],
  ['error', 'text', ({ run }) => json(run.error)],
  ['result', 'text', ({ run }) => json(run.result)],
  ['reply', 'text', ({ run }) => json(run.reply)],
  ['compensation', 'text', ({ run }) => run.compensation],
];

/** Columns of a run that stay as they were created. */
const fixed: Column<RunCommit>[] = [
  ['project_id', 'uuid', ({ run }) => run.projectId],
  ['workflow_id', 'uuid', ({ run }) => run.workflowId],
  ['workflow_name', 'text', ({ run }) => run.workflowName],
  ['version', 'int', ({ run }) => run.version],
  ['document_hash', 'text', ({ run }) => run.documentHash],
  ['mode', 'text', ({ run }) => run.mode],
  ['host', 'text', ({ run }) => run.host],
  ['durability', 'text', ({ run }) => run.durability],
  ['start_node_id', 'text', ({ run }) => run.startNodeId],
  ['start_as', 'text', ({ run }) => run.startAs],
  ['stop_at', 'text', ({ run }) => run.stopAt],
  ['answers_caller', 'bool', ({ run }) => run.answersCaller],
  ['idempotency_key', 'text', ({ run }) => run.idempotencyKey],
  ['root_run_id', 'uuid', ({ run }) => run.rootRunId],
  ['parent_run_id', 'uuid', ({ run }) => run.parentRunId],
  ['retry_of', 'uuid', ({ run }) => run.retryOf],
  ['started_by', 'text', ({ run }) => run.startedBy],
  ['key_root', 'text', ({ run }) => (run.keyRoot === run.rootRunId ? null : run.keyRoot)],
  ['depth', 'int', ({ run }) => run.depth],
  ['call_step', 'text', ({ run }) => run.calledBy?.step ?? null],
  ['call_index', 'int', ({ run }) => run.calledBy?.index ?? null],
  ['is_awaited', 'bool', ({ run }) => run.calledBy?.isAwaited ?? false],
  ['place', 'text', ({ run }) => run.place],
  ['resume_secret', 'text', ({ run }) => run.resumeSecret],
  ['created_at', 'float8', ({ run }) => run.createdAt],
];

function addKeys(statement: StatementBuilder, commits: RunCommit[]): boolean {
  const keyed = commits.filter(({ create, run }) => create !== undefined && run.idempotencyKey !== null);
  if (keyed.length === 0) return false;
  const source = statement.rows('k', keyed, [
    ['project_id', 'uuid', ({ run }) => run.projectId],
    ['scope', 'text', ({ create }) => create?.keyScope ?? ''],
    ['key', 'text', ({ run }) => run.idempotencyKey],
    ['run_id', 'uuid', ({ run }) => run.id],
    ['input_hash', 'text', ({ create }) => create?.inputHash ?? ''],
  ]);
  const columns = 'project_id, scope, key, run_id, input_hash';
  statement.part(
    'keyed',
    `INSERT INTO run_key (${columns}) SELECT ${columns} FROM ${source} ON CONFLICT DO NOTHING RETURNING run_id`,
  );
  return true;
}

function addCreated(statement: StatementBuilder, commits: RunCommit[]): void {
  const created = commits.filter(({ create }) => create !== undefined);
  if (created.length === 0) return;
  const hasKeys = addKeys(statement, created);
  const owned = hasKeys ? 'WHERE c.idempotency_key IS NULL OR c.id IN (SELECT run_id FROM keyed)' : '';
  insertRuns(statement, 'created', created, owned);
}

/** Runs that another run begins are there exactly where its append is. */
function addBegun(statement: StatementBuilder, children: RunCommit[]): void {
  if (children.length > 0) insertRuns(statement, 'begun', children, 'JOIN owners ON owners.id = c.parent_run_id');
}

function insertRuns(statement: StatementBuilder, part: string, runs: RunCommit[], which: string): void {
  const names = [...fixed, ...changing].map(([name]) => name).filter((name) => name !== 'expected' && name !== 'n');
  const times = new Set(['created_at', 'started_at', 'ended_at', 'wake_at']);
  const selected = names.map((name) => (times.has(name) ? time(`c.${name}`) : `c.${name}`));
  const source = statement.rows('c', runs, [...fixed, ...changing]);
  statement.part(
    part,
    `INSERT INTO run (${names.join(', ')}, last_seq) SELECT ${selected.join(', ')}, c.n FROM ${source} ${which} ON CONFLICT DO NOTHING RETURNING id`,
  );
}

/** An intent alone is none: a step that brings its process down is intended again and again. */
const isProgress = ({ type }: RunEvent) => type !== 'step.intended';

// The fence: no row, no append. A check in the WHERE of an INSERT would not take the row's lock.
function addFenced(statement: StatementBuilder, commits: RunCommit[]): void {
  const appended = commits.filter(({ create }) => create === undefined);
  if (appended.length === 0) return;
  const source = statement.rows('a', appended, [
    ...changing,
    ['has_progress', 'bool', ({ events }) => events.some(isProgress)],
  ]);
  statement.part(
    'fenced',
    `UPDATE run r SET last_seq = r.last_seq + a.n, status = a.status, process_id = a.process_id,
       stalls = CASE WHEN a.has_progress THEN 0 ELSE r.stalls END,
       started_at = ${time('a.started_at')}, ended_at = ${time('a.ended_at')}, wake_at = ${time('a.wake_at')},
       error = a.error, result = a.result, reply = a.reply,
       compensation = a.compensation
     FROM ${source} WHERE r.id = a.id AND r.epoch = a.epoch AND r.last_seq = a.expected RETURNING r.id`,
  );
}

const stepOf = (event: RunEvent) => ('step' in event ? event.step : null);
const atOf = (event: RunEvent) => ('at' in event ? event.at : event.endedAt);

function addEvents(statement: StatementBuilder, commits: RunCommit[]): void {
  const events = commits.flatMap((commit) =>
    commit.events.map((event, index) => ({ commit, event, seq: commit.expectedSeq + index + 1 })),
  );
  if (events.length === 0) return;
  const source = statement.rows('e', events, [
    ['run_id', 'uuid', ({ commit }) => commit.run.id],
    ['seq', 'int', ({ seq }) => seq],
    ['epoch', 'int', ({ commit }) => commit.run.epoch],
    ['at', 'float8', ({ event }) => atOf(event)],
    ['type', 'text', ({ event }) => event.type],
    ['step_key', 'text', ({ event }) => stepOf(event)],
    ['data', 'text', ({ event }) => JSON.stringify(event)],
  ]);
  statement.part(
    'events',
    `INSERT INTO run_event (run_id, seq, epoch, at, type, step_key, data)
     SELECT e.run_id, e.seq, e.epoch, ${time('e.at')}, e.type, e.step_key, e.data FROM ${source} JOIN ok ON ok.id = e.run_id`,
  );
}

function addSteps(statement: StatementBuilder, commits: RunCommit[]): void {
  const steps = flat(commits, ({ steps }) => steps);
  if (steps.length === 0) return;
  const columns: Column<(typeof steps)[number]>[] = [
    ['run_id', 'uuid', ({ runId }) => runId],
    ['step_key', 'text', ({ row }) => row.step],
    ['position', 'int', ({ row }) => row.position],
    ['node_id', 'text', ({ row }) => row.nodeId],
    ['name', 'text', ({ row }) => row.name],
    ['type', 'text', ({ row }) => row.type],
    ['iteration', 'text', ({ row }) => JSON.stringify(row.iteration)],
    ['visit', 'int', ({ row }) => row.visit],
    ['attempt', 'int', ({ row }) => row.attempt],
    ['status', 'text', ({ row }) => row.status],
    ['started_at', 'float8', ({ row }) => row.startedAt],
    ['ended_at', 'float8', ({ row }) => row.endedAt],
    ['idempotency_key', 'text', ({ row }) => row.idempotencyKey],
    ['inputs', 'text', ({ row }) => JSON.stringify(row.inputs)],
    ['items_in', 'int', ({ row }) => row.itemsIn],
    ['items_out', 'int', ({ row }) => row.itemsOut],
    ['outputs', 'text', ({ row }) => JSON.stringify(row.outputs)],
    ['error', 'text', ({ row }) => json(row.error)],
    ['logs', 'text', ({ row }) => json(row.logs)],
  ];
  const names = columns.map(([name]) => name);
  const selected = names.map((name) => (name.endsWith('_at') ? time(`s.${name}`) : `s.${name}`));
  const updated = ['attempt', 'status', 'started_at', 'ended_at', 'items_out', 'outputs', 'error', 'logs'];
  statement.part(
    'steps',
    `INSERT INTO run_step (${names.join(', ')}) SELECT ${selected.join(', ')} FROM ${statement.rows('s', steps, columns)} JOIN ok ON ok.id = s.run_id
     ON CONFLICT (run_id, step_key) DO UPDATE SET ${updated.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
}

/** A visit can be undone long after its round has ended: its row is not written again, only marked. */
function addUndone(statement: StatementBuilder, commits: RunCommit[]): void {
  const undone = flat(commits, ({ undone }) => undone);
  if (undone.length === 0) return;
  const source = statement.rows('u', undone, [
    ['run_id', 'uuid', ({ runId }) => runId],
    ['step_key', 'text', ({ row }) => row],
  ]);
  statement.part(
    'undone',
    `UPDATE run_step s SET status = 'compensated' FROM ${source} JOIN ok ON ok.id = u.run_id
     WHERE s.run_id = u.run_id AND s.step_key = u.step_key`,
  );
}

function addData(statement: StatementBuilder, commits: RunCommit[]): void {
  const dropped = commits.filter(({ dropData }) => dropData);
  if (dropped.length > 0) {
    const source = statement.rows('d', dropped, [['id', 'uuid', ({ run }) => run.id]]);
    statement.part('dropped', `DELETE FROM run_data USING ${source} JOIN ok USING (id) WHERE run_data.run_id = d.id`);
  }
  const data = flat(commits, ({ data }) => data);
  if (data.length === 0) return;
  const source = statement.rows('i', data, [
    ['run_id', 'uuid', ({ runId }) => runId],
    ['step_key', 'text', ({ row }) => row.step],
    ['port', 'text', ({ row }) => row.port],
    ['body', 'text', ({ row }) => row.body],
    ['items', 'int', ({ row }) => row.items],
    ['bytes', 'int', ({ row }) => row.body.length],
    ['chunks', 'text', ({ row }) => json(row.chunks)],
  ]);
  const columns = ['run_id', 'step_key', 'port', 'body', 'items', 'bytes', 'chunks'];
  statement.part(
    'data',
    `INSERT INTO run_data (${columns.join(', ')}) SELECT ${columns.map((name) => `i.${name}`).join(', ')} FROM ${source} JOIN ok ON ok.id = i.run_id
     ON CONFLICT (run_id, step_key, port) DO UPDATE SET body = excluded.body, items = excluded.items, bytes = excluded.bytes, chunks = excluded.chunks`,
  );
}

function addWaits(statement: StatementBuilder, commits: RunCommit[]): void {
  const waits = flat(commits, ({ waits }) => waits);
  if (waits.length > 0) {
    const source = statement.rows('w', waits, [
      ['id', 'uuid', ({ row }) => row.id],
      ['run_id', 'uuid', ({ runId }) => runId],
      ['step_key', 'text', ({ row }) => row.step],
      ['node_id', 'text', ({ row }) => row.nodeId],
      ['attempt', 'int', ({ row }) => row.attempt],
      ['kind', 'text', ({ row }) => row.kind],
      ['token', 'text', ({ row }) => row.token],
      ['until', 'float8', ({ row }) => row.until],
      ['request', 'text', ({ row }) => (row.request ? JSON.stringify(row.request) : null)],
    ]);
    statement.part(
      'waits',
      `INSERT INTO run_wait (id, run_id, step_key, node_id, attempt, kind, token, until, request, notify_at)
       SELECT w.id, w.run_id, w.step_key, w.node_id, w.attempt, w.kind, w.token, ${time('w.until')}, w.request,
         CASE WHEN w.request IS NULL THEN NULL ELSE now() END FROM ${source} JOIN ok ON ok.id = w.run_id
       ON CONFLICT DO NOTHING`,
    );
  }
  const resolved = flat(commits, ({ resolved }) => resolved);
  if (resolved.length === 0) return;
  const source = statement.rows('x', resolved, [
    ['run_id', 'uuid', ({ runId }) => runId],
    ['step_key', 'text', ({ row }) => row.step],
    ['by', 'text', ({ row }) => row.by],
  ]);
  statement.part(
    'resolved',
    `UPDATE run_wait SET resolved_at = now(), resolved_by = x.by FROM ${source} JOIN ok ON ok.id = x.run_id
     WHERE run_wait.run_id = x.run_id AND run_wait.step_key = x.step_key AND resolved_at IS NULL`,
  );
}

function addConsumed(statement: StatementBuilder, commits: RunCommit[]): void {
  const consumed = flat(commits, ({ consumed }) => consumed);
  if (consumed.length === 0) return;
  const source = statement.rows('b', consumed, [
    ['run_id', 'uuid', ({ runId }) => runId],
    ['id', 'uuid', ({ row }) => row],
  ]);
  statement.part(
    'consumed',
    `UPDATE run_inbox SET consumed_at = now() FROM ${source} JOIN ok ON ok.id = b.run_id WHERE run_inbox.id = b.id`,
  );
}

/** One statement that writes all commits that pass their fence, and answers the ids of their runs. */
export function appendStatement(commits: RunCommit[]): { name: string; text: string; values: unknown[] } {
  // Two processes that write the same runs lock them in the same order.
  const sorted = commits.toSorted((a, b) => (a.run.id < b.run.id ? -1 : 1));
  const statement = new StatementBuilder();
  addCreated(statement, sorted);
  addFenced(statement, sorted);
  const hasCreated = sorted.some(({ create }) => create !== undefined);
  const hasFenced = sorted.some(({ create }) => create === undefined);
  const ids = [...(hasCreated ? ['SELECT id FROM created'] : []), ...(hasFenced ? ['SELECT id FROM fenced'] : [])];
  const children = sorted.flatMap((commit) => commit.children);
  statement.part(children.length > 0 ? 'owners' : 'ok', ids.join(' UNION ALL '));
  addBegun(statement, children);
  if (children.length > 0) statement.part('ok', 'SELECT id FROM owners UNION ALL SELECT id FROM begun');
  const all = [...sorted, ...children];
  addEvents(statement, all);
  addSteps(statement, all);
  addUndone(statement, all);
  addData(statement, all);
  addWaits(statement, all);
  addConsumed(statement, all);
  addRelated(statement, all);
  addTold(statement, all);
  return statement.build('SELECT id FROM ok');
}
