import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Choice } from '@wfaib/sdk/fields';
import type { CallAuth } from '@wfaib/sdk/connector';
import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import type { StepError } from '@wfaib/sdk/errors';
import type { JsonObject } from '@wfaib/sdk/items';
import { startAwakeTimeout } from '../clock/awake-timeout.service.js';
import { Egress } from '../egress/egress.service.js';
import { ProcessTable } from '../lifecycle/process-table.service.js';
import { Log } from '../logging/logger.service.js';
import { CallQueue } from './call-queue.js';
import { defaultChildLimits } from './child-command.js';
import { ChildPool } from './child-pool.js';
import { readError } from './child-reply.schemas.js';
import type { ChildCall } from './child/child-protocol.types.js';
import type { CallListener, ChildReply, ConnectorChild } from './connector-child.js';
import type { ConnectorCall, ConnectorOutcome, ResolvedCredential } from './connector-call.types.js';
import { busyError, cancelledError, timeoutError, unknownConnectorError } from './connector-errors.js';
import { findPlugins, type PluginPackage } from './plugin-packages.js';
import { RunningCall } from './running-call.js';
import { maskError } from './secrets-mask.js';

/** How long a child may take to answer a cancelled call before it is killed, in milliseconds. */
const graceMs = 1_000;
const describeTimeoutMs = 30_000;

/** A call to be stopped by time or by its caller. */
interface Terms {
  timeoutMs: number;
  signal: AbortSignal;
}

const deaf: CallListener = {
  answer: () => Promise.reject(new Error('Not available here.')),
  heartbeat: () => {},
  progress: () => {},
  log: () => {},
};

/** Runs connector code, always in child processes. No call rejects for what a plugin does: outcomes carry errors. */
@Injectable()
export class ConnectorHost implements OnApplicationShutdown {
  private readonly pool: ChildPool;
  private readonly queue = new CallQueue({ atOnce: 64, waiting: 1_000 });
  private found: PluginPackage[] | undefined;

  constructor(
    egress: Egress,
    private readonly processes: ProcessTable,
    private readonly log: Log,
  ) {
    this.pool = new ChildPool({
      limits: defaultChildLimits,
      egress: () => egress.rules(),
      firstParty: () => this.plugins().filter((plugin) => plugin.isFirstParty),
      onStart: (pid) => this.processes.register('connectors', pid),
      onExit: (pid, reason) => this.buried(pid, reason),
    });
  }

  /** Plugins installed on this machine. */
  plugins(): PluginPackage[] {
    this.found ??= findPlugins();
    return this.found;
  }

  /** Adds plugins that are in no known place; tests and installers use it. */
  addPlugins(plugins: PluginPackage[]): void {
    this.found = [...this.plugins(), ...plugins];
  }

  /**
   * Runs one action for one item. Errors of the host have these codes: `connector.killed`, `connector.timeout` (in both the
   * effect may have happened), `connector.cancelled`, `connector.busy` and `connector.unknown` (nothing was sent).
   */
  async call(call: ConnectorCall): Promise<ConnectorOutcome> {
    const plugin = this.plugin(call.connectorId);
    if (!plugin) return { ok: false, error: unknownConnectorError(call.connectorId) };
    const running = new RunningCall(call);
    const auth = authOf(call.credentials);
    const message: ChildCall = {
      call: 'invoke',
      plugin: locationOf(plugin),
      action: call.action,
      input: call.input,
      itemFiles: call.files,
      itemIndex: call.itemIndex ?? 0,
      ...(auth === undefined ? {} : { auth }),
    };
    try {
      return running.outcome(await this.run(plugin, message, running, call));
    } finally {
      running.close();
    }
  }

  /** Choices of a `lookup` field. */
  async loadOptions(
    request: {
      connectorId: string;
      loader: string;
      input: JsonObject;
      search: string;
      credential?: ResolvedCredential;
    },
    terms: Terms,
  ): Promise<{ ok: true; choices: Choice[] } | { ok: false; error: StepError }> {
    const { connectorId, loader, input, search, credential } = request;
    const plugin = this.plugin(connectorId);
    if (!plugin) return { ok: false, error: unknownConnectorError(connectorId) };
    const auth = credential && { kind: credential.kind, values: credential.values };
    const call: ChildCall = {
      call: 'loadOptions',
      plugin: locationOf(plugin),
      loader,
      input,
      search,
      ...(auth ? { auth } : {}),
    };
    const reply = await this.run(plugin, call, deaf, terms);
    const secrets = credential ? { auth: credential } : {};
    if (!reply.ok) return { ok: false, error: maskError(readError(reply.error), secrets) };
    return { ok: true, choices: Array.isArray(reply.value) ? (reply.value as Choice[]) : [] };
  }

  /** Tries a credential; undefined when it works. */
  async testCredential(
    connectorId: string,
    credential: ResolvedCredential,
    terms: Terms,
  ): Promise<StepError | undefined> {
    const plugin = this.plugin(connectorId);
    if (!plugin) return unknownConnectorError(connectorId);
    const auth = { kind: credential.kind, values: credential.values };
    const reply = await this.run(plugin, { call: 'testAuth', plugin: locationOf(plugin), auth }, deaf, terms);
    return reply.ok ? undefined : maskError(readError(reply.error), { auth: credential });
  }

  /** Has plugins describe themselves in a child that is thrown away afterwards. Plugins that fail are left out and logged. */
  async describe(plugins: PluginPackage[]): Promise<ConnectorDescriptor[]> {
    if (plugins.length === 0) return [];
    const child = await this.pool.throwAway(plugins);
    try {
      return (await Promise.all(plugins.map((plugin) => this.describeOne(child, plugin)))).flat();
    } finally {
      child.kill('its work is done');
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }

  private plugin(id: string): PluginPackage | undefined {
    return this.plugins().find((plugin) => plugin.id === id);
  }

  private async describeOne(child: ConnectorChild, plugin: PluginPackage): Promise<ConnectorDescriptor[]> {
    const terms = { timeoutMs: describeTimeoutMs, signal: new AbortController().signal };
    const reply = await waitFor(child, { call: 'describe', plugin: locationOf(plugin) }, deaf, terms);
    if (reply.ok) return [reply.value as ConnectorDescriptor];
    this.log.error({ plugin: plugin.packageName, error: reply.error }, 'A plugin could not describe itself');
    return [];
  }

  private async run(plugin: PluginPackage, call: ChildCall, listener: CallListener, terms: Terms): Promise<ChildReply> {
    if (terms.signal.aborted) return { ok: false, error: cancelledError() };
    const turn = this.queue.enter(terms.signal);
    if (turn === 'full') return { ok: false, error: busyError() };
    try {
      if ((await turn) === 'aborted') return { ok: false, error: cancelledError() };
      return await waitFor(await this.pool.childFor(plugin), call, listener, terms);
    } finally {
      this.queue.leave(turn);
    }
  }

  private buried(pid: number | undefined, reason: string): void {
    if (pid !== undefined) this.processes.unregister(pid);
    this.log.info({ childPid: pid, reason }, 'A connector process ended');
  }
}

/** Sends the call; stops it when its time is over or the caller is gone, kindly first. */
async function waitFor(
  child: ConnectorChild,
  call: ChildCall,
  listener: CallListener,
  terms: Terms,
): Promise<ChildReply> {
  const { reply, cancel } = child.call(call, listener);
  let stop: (reason: 'timeout' | 'cancelled') => void = () => {};
  const stopped = new Promise<'timeout' | 'cancelled'>((resolve) => (stop = resolve));
  const onAbort = () => stop('cancelled');
  const stopClock = startAwakeTimeout(terms.timeoutMs, () => stop('timeout'));
  terms.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const first = await Promise.race([reply, stopped]);
    if (typeof first !== 'string') return first;
    cancel(first);
    await obeyed(child, reply);
    return { ok: false, error: first === 'timeout' ? timeoutError(terms.timeoutMs) : cancelledError() };
  } finally {
    stopClock();
    terms.signal.removeEventListener('abort', onAbort);
  }
}

async function obeyed(child: ConnectorChild, reply: Promise<ChildReply>): Promise<void> {
  const timer = setTimeout(() => child.kill('a cancelled call did not stop'), graceMs);
  await reply;
  clearTimeout(timer);
}

function locationOf({ id, version, entry }: PluginPackage) {
  return { id, version, entry };
}

function authOf(credentials: Record<string, ResolvedCredential>): CallAuth | undefined {
  const credential = credentials['auth'] ?? Object.values(credentials)[0];
  return credential && { kind: credential.kind, values: credential.values };
}
