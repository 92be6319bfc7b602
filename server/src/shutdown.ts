import type { Server } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { ProcessTable } from './lifecycle/process-table.service.js';
import type { Log } from './logging/logger.service.js';

/** After this long the process ends whatever is still going on, in milliseconds. */
const deadlineMs = 25_000;
/** How long answers that are still being written may take, in milliseconds. */
const answersMs = 4_000;

/**
 * Ends the process in one place: no new connections, then the rooms (`onModuleDestroy`: take no more work and finish what
 * runs; `onApplicationShutdown`: close connections), then exit.
 */
export function shutDownOnSignal(app: INestApplicationContext, log: Log): void {
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'Stopping');
    void shutDown(app, log).then((code) => process.exit(code));
  };
  // First in line: libraries (Temporal's SDK among them) take these signals for themselves too.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.prependListener(signal, stop);
}

async function shutDown(app: INestApplicationContext, log: Log): Promise<number> {
  const table = app.get(ProcessTable);
  const late = setTimeout(() => {
    log.error({ deadlineMs }, 'Stopping took too long');
    process.exit(1);
  }, deadlineMs);
  try {
    stopListening(app);
    await app.close();
    table.clear();
    return 0;
  } catch (error) {
    log.error({ error }, 'Stopping failed');
    return 1;
  } finally {
    clearTimeout(late);
  }
}

function stopListening(app: INestApplicationContext): void {
  if (!('getHttpServer' in app)) return;
  const server = (app as { getHttpServer(): Server }).getHttpServer();
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), answersMs).unref();
}
