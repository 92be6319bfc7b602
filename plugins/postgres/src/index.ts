import { action, auth, defineConnector, f } from '@wfaib/sdk';
import { testConnection } from './connections.js';
import { listTables } from './list-tables.js';
import { insertRows } from './insert.js';
import { runQuery } from './query.js';
import { updateRows } from './update.js';

const connection = auth.fields(
  {
    host: f.text({ label: 'Host', required: true, expressions: false }),
    port: f.number({ label: 'Port', default: 5432, min: 1, max: 65_535, integer: true, expressions: false }),
    database: f.text({ label: 'Database', required: true, expressions: false }),
    user: f.text({ label: 'User', required: true, expressions: false }),
    password: f.secret({ label: 'Password', expressions: false }),
    ssl: f.select({
      label: 'Encryption',
      default: 'prefer',
      expressions: false,
      choices: [
        { value: 'prefer', label: 'Where the server offers it' },
        { value: 'verify', label: 'Required, certificate checked' },
        { value: 'require', label: 'Required, certificate not checked' },
        { value: 'off', label: 'Off' },
      ],
    }),
  },
  { label: 'PostgreSQL connection', test: testConnection },
);

const timeoutMs = f.number({ label: 'Time limit in milliseconds', default: 30_000, min: 1, integer: true });
const table = f.lookup({ label: 'Table', required: true, loader: 'tables', dependsOn: ['schema'], searchable: true });
const schema = f.text({ label: 'Schema', default: 'public' });
const returning = f.boolean({ label: 'Return the rows', default: true });

const query = action({
  label: 'Query',
  description: 'Runs one SQL statement; each row becomes an item.',
  input: {
    sql: f.code({
      label: 'SQL',
      language: 'sql',
      required: true,
      // Data belongs into the parameters: text put into SQL is how databases are broken into.
      expressions: false,
      help: 'Write $1, $2, … for the parameters.',
    }),
    parameters: f.json({ label: 'Parameters', help: 'A list of values for $1, $2, …; expressions are welcome here.' }),
    timeoutMs,
  },
  sideEffect: 'write',
  summary: '{{sql}}',
  auth: { required: true },
  run: runQuery,
});

const insert = action({
  label: 'Insert',
  description: 'Adds rows to a table.',
  input: {
    table,
    schema,
    rows: f.json({ label: 'Rows', required: true, help: 'An object of column to value, or a list of them.' }),
    onConflict: f.select({
      label: 'When a row exists already',
      default: 'fail',
      choices: [
        { value: 'fail', label: 'Fail' },
        { value: 'skip', label: 'Skip it' },
        { value: 'update', label: 'Update it' },
      ],
    }),
    conflictColumns: f.texts({ label: 'Columns that tell', showWhen: { onConflict: ['skip', 'update'] } }),
    returning,
    timeoutMs,
  },
  sideEffect: 'write',
  summary: '{{table}}',
  auth: { required: true },
  run: insertRows,
});

const update = action({
  label: 'Update',
  description: 'Changes the rows that match.',
  input: {
    table,
    schema,
    where: f.keyvalue({ label: 'Where', required: true, help: 'Columns and the values they must have.' }),
    values: f.keyvalue({ label: 'Values', required: true }),
    returning,
    timeoutMs,
  },
  sideEffect: 'write',
  summary: '{{table}}',
  auth: { required: true },
  run: updateRows,
});

export default defineConnector({
  id: 'postgres',
  label: 'PostgreSQL',
  description: 'Query and change a PostgreSQL database.',
  icon: 'database',
  sdk: 1,
  egress: ['*'],
  auth: { connection },
  actions: { query, insert, update },
  loaders: { tables: listTables },
});
