import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { INestApplicationContext } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import { OwnerSetup } from './auth/owner-setup.service.js';
import { InvalidSetting } from './config/config.errors.js';
import type { Settings } from './config/config.service.js';
import { version } from './config/version.service.js';
import { Metrics } from './health/metrics.service.js';
import { ApiDescription } from './http/api-description.service.js';
import { UserInterface } from './http/user-interface.js';
import { WebServer } from './http/web-server.js';
import { ProcessTable } from './lifecycle/process-table.service.js';
import type { Log } from './logging/logger.service.js';
import { NestLog } from './logging/nest-log.js';
import { SandboxService } from './sandbox/sandbox.service.js';

/** A server that is up. */
export interface RunningServer {
  app: INestApplicationContext;
  /** Address for people; undefined for a worker, which listens to nobody. */
  url: string | undefined;
}

/** Starts this process in its role and returns when it is ready for work. */
export async function startServer(settings: Settings, log: Log): Promise<RunningServer> {
  makeDataDir(settings.dataDir);
  const started = settings.role === 'worker' ? await startWorker(settings, log) : await startWebServer(settings, log);
  noteProcesses(started.app, settings);
  return started;
}

function noteProcesses(app: INestApplicationContext, settings: Settings): void {
  const table = app.get(ProcessTable);
  table.register(settings.role, process.pid);
  // Room `sandbox` knows no others, so it is told here what to do with its children.
  const sandbox = app.get(SandboxService, { strict: false });
  sandbox.onSpawn = (role, pid) => table.register(role, pid);
  sandbox.onGone = (pid) => table.unregister(pid);
  // An API process runs the light code steps of `express` runs, so every role has its children ready.
  sandbox.warmUp();
}

const nestOptions = (log: Log) => ({ abortOnError: false, bodyParser: false, logger: new NestLog(log) });

async function startWorker(settings: Settings, log: Log): Promise<RunningServer> {
  const app = await NestFactory.createApplicationContext(AppModule.with(settings, log), nestOptions(log));
  return { app, url: undefined };
}

async function startWebServer(settings: Settings, log: Log): Promise<RunningServer> {
  const ui = UserInterface.in(join(import.meta.dirname, '../../ui/dist'));
  const server = new WebServer(settings, log, ui);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings, log), server, nestOptions(log));
  try {
    await ui?.register(server.getInstance() as unknown as FastifyInstance);
    app.get(Metrics).measureRequests(server.getInstance() as unknown as FastifyInstance);
    app.get(ApiDescription).describe(app, version);
    await listen(app, settings);
    await app.get(OwnerSetup).announce();
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
  return { app, url: settings.publicUrl };
}

async function listen(app: NestFastifyApplication, settings: Settings): Promise<void> {
  try {
    await app.listen(settings.port, settings.host);
  } catch (error) {
    throw portProblem(error, settings);
  }
  const address = (app.getHttpServer() as import('node:http').Server).address();
  if (typeof address === 'object' && address !== null) settings.listeningOn(address.port);
}

function portProblem(error: unknown, { port, host }: Settings): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new InvalidSetting('WFAIB_PORT', `is ${port}, which another program uses on ${host}; set it to a free port`);
  if (code === 'EACCES')
    return new InvalidSetting('WFAIB_PORT', `is ${port}, which this user may not open; set it to a port above 1023`);
  if (code === 'EADDRNOTAVAIL')
    return new InvalidSetting('WFAIB_HOST', `is ${host}, which is not an address of this machine`);
  return error;
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw new InvalidSetting(
      'WFAIB_DATA_DIR',
      `names ${dataDir}, which cannot be made or written (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}
