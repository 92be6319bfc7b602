import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPartition, monthsFrom } from '../run-partitions.js';

/** Those of this migration; later ones bring their own. */
const partitionedTables = ['run', 'run_event', 'run_step', 'run_data', 'run_file'] as const;

/**
 * The record of runs: the journal (`run_event`), the rows for lists and pages (`run`, `run_step`), the items
 * (`run_data`, text because `jsonb` refuses NUL and reorders keys) and what runs wait for.
 */
export class CreateRuns1700000000003 implements MigrationInterface {
  readonly name = 'CreateRuns1700000000003';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of tables) await db.query(statement);
    for (const table of partitionedTables) {
      await db.query(`CREATE TABLE ${table}_default PARTITION OF ${table} DEFAULT`);
      for (const month of monthsFrom(new Date(), 3)) await db.query(createPartition(table, month));
    }
    for (const statement of indexes) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of [
      'run_wait',
      'run_inbox',
      'run_key',
      'run_document',
      'run_seen',
      'process',
      ...partitionedTables,
    ]) {
      await db.query(`DROP TABLE IF EXISTS ${table} CASCADE`);
    }
  }
}

const tables = [
  // Documents that runs were started from, once each: what a run did can be read after the workflow changed.
  `CREATE TABLE run_document (
    hash text PRIMARY KEY,
    body text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE run (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL,
    workflow_id uuid,
    workflow_name text NOT NULL,
    version integer,
    document_hash text NOT NULL,
    mode text NOT NULL,
    status text NOT NULL,
    host text NOT NULL,
    durability text NOT NULL,
    epoch integer NOT NULL DEFAULT 1,
    last_seq integer NOT NULL DEFAULT 0,
    process_id uuid,
    interpreter_version integer NOT NULL DEFAULT 1,
    start_node_id text NOT NULL,
    start_as text NOT NULL,
    stop_at text,
    answers_caller boolean NOT NULL DEFAULT false,
    idempotency_key text,
    root_run_id uuid NOT NULL,
    parent_run_id uuid,
    retry_of uuid,
    resume_secret text NOT NULL,
    takeovers integer NOT NULL DEFAULT 0,
    stalls integer NOT NULL DEFAULT 0,
    takeover_seq integer NOT NULL DEFAULT 0,
    wake_at timestamptz,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    error text,
    result text,
    reply text,
    compensation text
  ) PARTITION BY RANGE (id)`,
  `COMMENT ON TABLE run IS 'One row a run. error: StepError as JSON. result: { step, nodeId, itemCount } as JSON, its items are run_data. reply: { status, headers, body?, file? } as JSON. wake_at: when a timer or retry is due.'`,
  // seq is dense from 1 within a run.
  `CREATE TABLE run_event (
    run_id uuid NOT NULL,
    seq integer NOT NULL,
    epoch integer NOT NULL,
    at timestamptz NOT NULL,
    type text NOT NULL,
    step_key text,
    data text NOT NULL,
    PRIMARY KEY (run_id, seq)
  ) PARTITION BY RANGE (run_id)`,
  // One row a visit, its newest attempt. position: order of start. outputs: { port: count }, inputs: as in StepVisit, both JSON.
  `CREATE TABLE run_step (
    run_id uuid NOT NULL,
    step_key text NOT NULL,
    position integer NOT NULL,
    node_id text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    iteration text NOT NULL,
    visit integer NOT NULL,
    attempt integer NOT NULL,
    status text NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    idempotency_key text,
    inputs text NOT NULL,
    items_in integer NOT NULL DEFAULT 0,
    items_out integer NOT NULL DEFAULT 0,
    outputs text NOT NULL DEFAULT '{}',
    error text,
    logs text,
    PRIMARY KEY (run_id, step_key)
  ) PARTITION BY RANGE (run_id)`,
  // body: JSON array of items as they left the port.
  `CREATE TABLE run_data (
    run_id uuid NOT NULL,
    step_key text NOT NULL,
    port text NOT NULL,
    body text NOT NULL,
    items integer NOT NULL,
    bytes integer NOT NULL,
    PRIMARY KEY (run_id, step_key, port)
  ) PARTITION BY RANGE (run_id)`,
  `CREATE TABLE run_file (
    run_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    mime_type text NOT NULL,
    size integer NOT NULL,
    sha256 text NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, id)
  ) PARTITION BY RANGE (run_id)`,
  // Not partitioned: a token is unique over all runs.
  `CREATE TABLE run_wait (
    id uuid PRIMARY KEY,
    run_id uuid NOT NULL,
    step_key text NOT NULL,
    node_id text NOT NULL,
    attempt integer NOT NULL,
    kind text NOT NULL,
    token text UNIQUE,
    until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolved_by text
  )`,
  // Not partitioned: a key names one run for ever, whatever month.
  `CREATE TABLE run_key (
    project_id uuid NOT NULL,
    scope text NOT NULL,
    key text NOT NULL,
    run_id uuid NOT NULL,
    input_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, scope, key)
  )`,
  // What the outside asked of a run; the run takes it in when it looks next.
  `CREATE TABLE run_inbox (
    id uuid PRIMARY KEY,
    run_id uuid NOT NULL,
    kind text NOT NULL,
    step_key text,
    body text NOT NULL,
    dedupe text,
    created_at timestamptz NOT NULL DEFAULT now(),
    consumed_at timestamptz,
    UNIQUE (run_id, dedupe)
  )`,
  // What core.dedupe remembers over the runs of a workflow (scope: workflow or run, and node).
  `CREATE TABLE run_seen (
    scope text NOT NULL,
    value text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    run_id uuid NOT NULL,
    step_key text NOT NULL,
    PRIMARY KEY (scope, value)
  )`,
  `CREATE TABLE process (
    id uuid PRIMARY KEY,
    role text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz NOT NULL
  )`,
];

const indexes = [
  `CREATE INDEX run_by_project ON run (project_id, id DESC)`,
  `CREATE INDEX run_by_workflow ON run (workflow_id, id DESC)`,
  `CREATE INDEX run_open ON run (status, id) WHERE ended_at IS NULL`,
  `CREATE INDEX run_due ON run (wake_at) WHERE ended_at IS NULL AND wake_at IS NOT NULL`,
  `CREATE INDEX run_owned ON run (process_id) WHERE ended_at IS NULL`,
  `CREATE INDEX run_children ON run (parent_run_id) WHERE parent_run_id IS NOT NULL`,
  `CREATE INDEX run_wait_by_run ON run_wait (run_id)`,
  `CREATE INDEX run_wait_due ON run_wait (until) WHERE resolved_at IS NULL`,
  `CREATE INDEX run_inbox_news ON run_inbox (run_id) WHERE consumed_at IS NULL`,
  `CREATE INDEX run_key_by_run ON run_key (run_id)`,
  `CREATE INDEX run_seen_order ON run_seen (scope, seq)`,
];
