import { resolve } from 'node:path';
import type { Environment } from './environment.js';
import type { TaskQueueKind } from './task-queues.types.js';

export type Role = 'all' | 'api' | 'worker';
export type EngineChoice = 'auto' | 'temporal' | 'queue';
export type Durability = 'auto' | 'standard' | 'strict' | 'express' | 'queue';

/**
 * The settings of this installation, read and checked once at the start. Units and defaults of each are in
 * `config/environment.ts`; `docs/settings.md` is made from there.
 */
export class Settings {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly role: Role;
  readonly engine: EngineChoice;
  readonly defaultDurability: Durability;
  readonly temporalBin: string | undefined;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  readonly temporalReset: 'hold' | 'accept';
  /** Task queues this server works on, where steps of connectors and of code have their own; empty where they do not. */
  readonly taskQueues: readonly TaskQueueKind[];
  readonly temporalUiUrl: string | undefined;
  /** All `TEMPORAL_…` variables as given, for the SDK's own environment configuration (TLS, API key, and so on). */
  readonly temporalEnvironment: Readonly<Record<string, string>>;
  readonly redisUrl: string | undefined;
  readonly encryptionKey: string | undefined;
  readonly ownerEmail: string | undefined;
  readonly ownerPassword: string | undefined;
  readonly apiKey: string | undefined;
  /** CIDR blocks. */
  readonly egressAllow: readonly string[];
  readonly dataDriver: 'postgres' | 'disk';
  /** Absolute path; undefined where it is the usual one. */
  readonly dataFolder: string | undefined;
  readonly fileLimitBytes: number;
  /** 0: for ever. */
  readonly retentionDays: number;
  /** 0: no limit. */
  readonly retentionRuns: number;
  readonly bodyLimitBytes: number;
  readonly trustProxy: boolean;
  readonly smtpUrl: string | undefined;
  readonly smtpFrom: string | undefined;
  readonly logLevel: string;
  readonly #publicUrl: string | undefined;
  #listeningPort: number | undefined;

  constructor(env: Environment, temporalEnvironment: Record<string, string> = {}) {
    this.port = env.WFAIB_PORT;
    this.host = env.WFAIB_HOST;
    this.dataDir = resolve(env.WFAIB_DATA_DIR);
    this.role = env.WFAIB_ROLE;
    this.engine = env.WFAIB_ENGINE;
    this.defaultDurability = env.WFAIB_DEFAULT_DURABILITY;
    this.temporalBin = env.WFAIB_TEMPORAL_BIN;
    this.databaseUrl = env.DATABASE_URL;
    this.databasePoolSize = env.WFAIB_DATABASE_POOL;
    this.temporalAddress = env.TEMPORAL_ADDRESS;
    this.temporalNamespace = env.TEMPORAL_NAMESPACE;
    this.temporalReset = env.WFAIB_TEMPORAL_RESET;
    this.taskQueues = env.WFAIB_TASK_QUEUES;
    this.temporalUiUrl = env.TEMPORAL_UI_URL;
    this.temporalEnvironment = temporalEnvironment;
    this.redisUrl = env.REDIS_URL;
    this.encryptionKey = env.WFAIB_ENCRYPTION_KEY;
    this.ownerEmail = env.WFAIB_OWNER_EMAIL;
    this.ownerPassword = env.WFAIB_OWNER_PASSWORD;
    this.apiKey = env.WFAIB_API_KEY;
    this.egressAllow = env.WFAIB_EGRESS_ALLOW;
    this.dataDriver = env.WFAIB_DATA_DRIVER;
    this.dataFolder = env.WFAIB_DATA_FOLDER === undefined ? undefined : resolve(env.WFAIB_DATA_FOLDER);
    this.fileLimitBytes = env.WFAIB_FILE_LIMIT;
    this.retentionDays = env.WFAIB_RETENTION_DAYS;
    this.retentionRuns = env.WFAIB_RETENTION_RUNS;
    this.bodyLimitBytes = env.WFAIB_BODY_LIMIT;
    this.trustProxy = env.WFAIB_TRUST_PROXY;
    this.smtpUrl = env.WFAIB_SMTP_URL;
    this.smtpFrom = env.WFAIB_SMTP_FROM;
    this.logLevel = env.WFAIB_LOG_LEVEL;
    this.#publicUrl = env.WFAIB_PUBLIC_URL;
  }

  /** Address under which the server is reached, without a slash at its end. Knows the real port once it listens. */
  get publicUrl(): string {
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    const reachable = this.host === '0.0.0.0' || this.host === '::' ? 'localhost' : host;
    return this.#publicUrl ?? `http://${reachable}:${this.#listeningPort ?? this.port}`;
  }

  /** Called once by `main.ts`: with `WFAIB_PORT=0` the port is known only then. */
  listeningOn(port: number): void {
    this.#listeningPort = port;
  }
}
