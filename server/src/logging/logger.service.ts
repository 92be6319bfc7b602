import { pino, type Logger } from 'pino';

/** Fields of a log line. An `error` or `err` field is written with its name, message and stack. */
export type LogFields = Record<string, unknown>;

/** Paths whose values are never written. */
const redactedPaths = [
  'password',
  'token',
  'secret',
  'apiKey',
  'authorization',
  'cookie',
  'encryptionKey',
  'databaseUrl',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * The one structured logger: JSON lines on standard output. Say what happened in a sentence without values, and give the
 * values as fields: `log.info({ runId, durationMs }, 'Step finished')`.
 */
export class Log {
  constructor(private readonly pino: Logger) {}

  /** A logger that writes these fields on each line, for example `{ runId, nodeId }` or `{ room: 'engine' }`. */
  child(fields: LogFields): Log {
    return new Log(this.pino.child(fields));
  }

  debug(fields: LogFields, sentence: string): void {
    this.pino.debug(fields, sentence);
  }

  info(fields: LogFields, sentence: string): void {
    this.pino.info(fields, sentence);
  }

  warn(fields: LogFields, sentence: string): void {
    this.pino.warn(fields, sentence);
  }

  error(fields: LogFields, sentence: string): void {
    this.pino.error(fields, sentence);
  }
}

/** Makes the root logger of this process. `level` is a pino level or `silent`. */
export function createLog(level: string, base: LogFields = {}): Log {
  return new Log(
    pino({
      level,
      base: { pid: process.pid, ...base },
      redact: { paths: redactedPaths, censor: '[hidden]' },
      serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    }),
  );
}
