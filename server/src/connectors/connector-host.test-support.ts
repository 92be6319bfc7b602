import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../config/environment.js';
import { Settings } from '../config/config.service.js';
import { Egress } from '../egress/egress.service.js';
import { ProcessTable } from '../lifecycle/process-table.service.js';
import { createLog } from '../logging/logger.service.js';
import type { ConnectorCall } from './connector-call.types.js';
import { ConnectorHost } from './connector-host.service.js';
import { readPlugin, type PluginPackage } from './plugin-packages.js';

/** Settings for a test, in a data folder of its own. */
export function testSettings(values: Record<string, string> = {}): Settings {
  return new Settings(
    environment.parse({
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      WFAIB_DATA_DIR: mkdtempSync(join(tmpdir(), 'wfaib-test-')),
      ...values,
    }),
  );
}

export function fixturePlugin(name: string): PluginPackage {
  return readPlugin(fileURLToPath(new URL(`./fixtures/plugin-${name}`, import.meta.url)), false)!;
}

/** A real host with real children, the fixture plugins added. Stop it with `onApplicationShutdown`. */
export function startHost(egressAllow = ''): { host: ConnectorHost; processes: ProcessTable } {
  const settings = testSettings({ WFAIB_EGRESS_ALLOW: egressAllow });
  const processes = new ProcessTable(settings);
  const host = new ConnectorHost(new Egress(settings), processes, createLog('silent'));
  host.addPlugins([fixturePlugin('good'), fixturePlugin('hostile')]);
  return { host, processes };
}

/** A call with everything defaulted. */
export function aCall(values: Partial<ConnectorCall> & Pick<ConnectorCall, 'connectorId' | 'action'>): ConnectorCall {
  return {
    projectId: 'project',
    input: {},
    credentials: {},
    files: {},
    idempotencyKey: (page) => `key-${page ?? 'main'}`,
    runId: 'run',
    timeoutMs: 20_000,
    signal: new AbortController().signal,
    ...values,
  };
}
