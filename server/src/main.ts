import 'reflect-metadata';
import { startServer } from './application.js';
import { readSettings } from './config/read-settings.js';
import { WfaibError } from './errors/wfaib.errors.js';
import { createLog } from './logging/logger.service.js';
import { shutDownOnSignal } from './shutdown.js';

async function main(): Promise<void> {
  const startedAt = performance.now();
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  process.on('unhandledRejection', (error) => log.error({ error }, 'A promise failed and nobody looked'));
  const { app, url } = await startServer(settings, log);
  shutDownOnSignal(app, log);
  log.info({ role: settings.role, url, durationMs: Math.round(performance.now() - startedAt) }, 'Ready');
  // The launcher waits for this line.
  process.stdout.write(`WFAIB ready ${url ?? settings.role}\n`);
}

main().catch((error: unknown) => {
  // One sentence for what a person can mend; the stack only for what nobody foresaw.
  const text =
    error instanceof WfaibError ? error.message : `The start failed: ${(error as Error).stack ?? String(error)}`;
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
