import { z } from 'zod';
import { taskQueueKinds } from './task-queues.types.js';
import { address, byteSize, list, settingNotes, wholeNumber, yesOrNo, type SettingNotes } from './setting-types.js';

/** Attaches what the settings table says to a setting. */
function setting<Schema extends z.ZodType>(schema: Schema, description: string, notes: SettingNotes): Schema {
  const documented = schema.meta({ description }) as Schema;
  settingNotes.add(documented, notes);
  return documented;
}

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

/** Every setting there is. Nothing else in the server reads `process.env`. */
export const environment = z.object({
  WFAIB_PORT: setting(
    wholeNumber(0, 65_535).default(3000),
    'Port of the web page, the API and webhooks. 0 takes a free one.',
    {
      unit: 'port',
    },
  ),
  WFAIB_HOST: setting(
    z.string().default('127.0.0.1'),
    'Address to listen on. 0.0.0.0 opens the server to the network.',
    {
      unit: 'address',
    },
  ),
  WFAIB_DATA_DIR: setting(z.string().default('.wfaib'), 'Folder for keys, caches and processes.json.', {
    unit: 'path',
  }),
  WFAIB_PUBLIC_URL: setting(
    address(['http', 'https']).optional(),
    'Address under which people and services reach the server, used in links, webhook addresses and cookies.',
    { unit: 'url', otherwise: 'http://<host>:<port>' },
  ),
  WFAIB_ROLE: setting(oneOf(['all', 'api', 'worker']).default('all'), 'What this process does.', {
    unit: 'all, api, worker',
  }),
  WFAIB_ENGINE: setting(
    oneOf(['auto', 'temporal', 'queue']).default('auto'),
    'Which engine carries runs across processes. auto takes Temporal when TEMPORAL_ADDRESS is set.',
    { unit: 'auto, temporal, queue' },
  ),
  WFAIB_DEFAULT_DURABILITY: setting(
    oneOf(['auto', 'standard', 'strict', 'express', 'queue']).default('auto'),
    'Durability of workflows whose own setting is auto.',
    { unit: 'auto, standard, strict, express, queue' },
  ),
  WFAIB_TEMPORAL_BIN: setting(z.string().optional(), 'Temporal CLI that the launcher starts.', {
    unit: 'path',
    otherwise: 'found on PATH or fetched by the launcher',
  }),
  DATABASE_URL: setting(
    address(['postgres', 'postgresql']),
    'PostgreSQL 15 or newer. The one store that is required; the launcher starts its own where this is not set.',
    { unit: 'url', otherwise: 'required by the server', secret: true },
  ),
  WFAIB_DATABASE_POOL: setting(
    wholeNumber(2, 500).default(20),
    'Most connections that one process keeps for queries. One more is kept for listening; queues in PostgreSQL take up to ten more, four in the role api.',
    { unit: 'connections' },
  ),
  TEMPORAL_ADDRESS: setting(z.string().optional(), 'Temporal frontend, host:port.', {
    unit: 'host:port',
    otherwise: 'no Temporal: the queue engine is used',
  }),
  TEMPORAL_NAMESPACE: setting(z.string().default('default'), 'Temporal namespace.', { unit: 'name' }),
  WFAIB_TEMPORAL_RESET: setting(
    z.enum(['hold', 'accept']).default('hold'),
    'What to do when Temporal turns out to be another one than before while runs are open: hold them until a person has looked, or let them begin again there.',
    { unit: '`hold`, `accept`' },
  ),
  WFAIB_TASK_QUEUES: setting(
    list.prefault('').pipe(z.array(z.enum(taskQueueKinds, { error: 'may name core, connector and sandbox' }))),
    'Gives steps of connectors and of code Temporal task queues of their own, and says on which ones this server works. Set it on all servers or on none.',
    { unit: '`core`, `connector`, `sandbox`', otherwise: 'one task queue for everything' },
  ),
  TEMPORAL_UI_URL: setting(address(['http', 'https']).optional(), "Temporal's own pages, linked from run pages.", {
    unit: 'url',
    otherwise: 'no links',
  }),
  REDIS_URL: setting(
    address(['redis', 'rediss']).optional(),
    'Redis for the queues: of the queue engine, and of small jobs.',
    {
      unit: 'url',
      otherwise: 'queues are in PostgreSQL',
      secret: true,
    },
  ),
  WFAIB_ENCRYPTION_KEY: setting(
    z.string().min(32, 'must hold at least 32 characters').optional(),
    'Key that encrypts credentials. Keep a copy: without it they cannot be read.',
    { unit: 'base64 of 32 bytes, or a long text', otherwise: 'made on first start in the data folder', secret: true },
  ),
  WFAIB_OWNER_EMAIL: setting(
    z.email({ error: 'must be an e-mail address' }).optional(),
    'With WFAIB_OWNER_PASSWORD: creates the owner on first start, for unattended installs.',
    { unit: 'e-mail', otherwise: 'a one-time owner link is printed' },
  ),
  WFAIB_OWNER_PASSWORD: setting(
    z.string().min(8, 'must hold at least 8 characters').optional(),
    'Password of that owner. Ignored once there is an owner.',
    { unit: 'text', otherwise: 'a one-time owner link is printed', secret: true },
  ),
  WFAIB_API_KEY: setting(
    z
      .string()
      .min(8, 'must hold at least 8 characters')
      .regex(/^[\x21-\x7e]+$/, 'must hold visible ASCII characters only')
      .optional(),
    'An API key of the owner, for unattended installs. Replaced when it changes.',
    { unit: 'text', otherwise: 'keys are made in the settings page', secret: true },
  ),
  WFAIB_EGRESS_ALLOW: setting(
    list.prefault(''),
    'Private networks that connectors may reach, for example 127.0.0.0/8. Everything else private is refused.',
    { unit: 'CIDR list', otherwise: 'none' },
  ),
  WFAIB_DATA_DRIVER: setting(
    oneOf(['postgres', 'disk']).default('postgres'),
    'Where files and items of runs are kept that are too large for a row. What was kept before is still found after a change.',
    { unit: 'postgres, disk' },
  ),
  WFAIB_DATA_FOLDER: setting(
    z.string().optional(),
    'Folder of the driver disk. Servers that share a database need the same one, on a shared disk.',
    { unit: 'path', otherwise: '<data dir>/data' },
  ),
  WFAIB_FILE_LIMIT: setting(byteSize.prefault('16gb'), 'Largest file that a step or a webhook may keep.', {
    unit: 'size',
    otherwise: '16gb',
  }),
  WFAIB_RETENTION_DAYS: setting(
    wholeNumber(0, 36_500).default(30),
    'How long ended runs are kept at least; they go with the week they began in. 0 keeps them for ever. A workflow may say otherwise.',
    { unit: 'days' },
  ),
  WFAIB_RETENTION_RUNS: setting(
    wholeNumber(0, 1_000_000_000).default(0),
    'How many ended runs are kept at most, the newest ones. 0 is no limit. A workflow may say otherwise.',
    { unit: 'runs' },
  ),
  WFAIB_BODY_LIMIT: setting(byteSize.prefault('16mb'), 'Largest request body.', { unit: 'size', otherwise: '16mb' }),
  WFAIB_TRUST_PROXY: setting(
    yesOrNo.prefault('false'),
    'Believe X-Forwarded-For and X-Forwarded-Proto. Only behind a proxy that sets them.',
    { unit: 'true, false', otherwise: 'false' },
  ),
  WFAIB_SMTP_URL: setting(
    address(['smtp', 'smtps']).optional(),
    'Mail server for approvals, with its user and password: smtp://user:password@mail.example.com:587.',
    { unit: 'url', otherwise: 'no mail is sent', secret: true },
  ),
  WFAIB_SMTP_FROM: setting(z.string().max(320).optional(), 'Sender of mail, as in "WFAIB <wfaib@example.com>".', {
    unit: 'e-mail',
    otherwise: 'wfaib@<host of the public address>',
  }),
  WFAIB_LOG_LEVEL: setting(
    oneOf(['info', 'debug', 'warn', 'error', 'fatal', 'trace', 'silent']).default('info'),
    'How much is logged.',
    { unit: 'trace, debug, info, warn, error, fatal, silent' },
  ),
});

export type Environment = z.output<typeof environment>;
