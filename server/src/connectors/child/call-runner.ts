import { pathToFileURL } from 'node:url';
import type { CallAuth, ConnectorDefinition, LoaderContext, Log } from '@wfaib/sdk/connector';
import { describeConnector } from '@wfaib/sdk/connector-descriptor';
import type { HttpTransport } from '@wfaib/sdk/connector-http.types';
import { authDefinition, connectorHttp, runConnectorAction, type HostServices } from '@wfaib/sdk/connector-runtime';
import { ConnectorError } from '@wfaib/sdk/errors';
import type { JsonObject } from '@wfaib/sdk/items';
import type { ChildCall, PluginLocation } from './child-protocol.types.js';
import type { ParentLink } from './parent-link.js';
import { RemoteFiles } from './remote-files.js';

type CallOf<Name extends ChildCall['call']> = Extract<ChildCall, { call: Name }>;

/** Does the six calls inside the child. Plugins are loaded when first asked for. */
export class CallRunner {
  private readonly loaded = new Map<string, Promise<ConnectorDefinition>>();

  constructor(
    private readonly link: ParentLink,
    private readonly transport: HttpTransport,
  ) {}

  async run(id: number, call: ChildCall, signal: AbortSignal): Promise<unknown> {
    const connector = await this.load(call.plugin);
    switch (call.call) {
      case 'describe':
        return describeConnector(connector, call.plugin.version);
      case 'invoke':
        return this.invoke(id, connector, call, signal);
      case 'loadOptions':
        return this.loadOptions(connector, call, signal);
      case 'testAuth':
        return this.testAuth(connector, call.auth, signal);
      case 'preAuth':
        return call.auth.values;
      case 'trigger':
    }
    throw notOffered(`Connector "${connector.id}" has no triggers.`);
  }

  private load(plugin: PluginLocation): Promise<ConnectorDefinition> {
    const loading = this.loaded.get(plugin.entry) ?? importConnector(plugin);
    this.loaded.set(plugin.entry, loading);
    return loading;
  }

  private invoke(id: number, connector: ConnectorDefinition, call: CallOf<'invoke'>, signal: AbortSignal) {
    const { action, input, auth, itemFiles, itemIndex } = call;
    return runConnectorAction(connector, { action, input, auth, itemFiles, itemIndex, signal }, this.services(id));
  }

  private services(id: number): HostServices {
    return {
      transport: this.transport,
      files: new RemoteFiles((question, bytes) => this.link.ask(id, question, bytes)),
      idempotencyKey: async (page) => {
        const question = { kind: 'idempotencyKey' as const, ...(page === undefined ? {} : { page }) };
        return (await this.link.ask(id, question)).value as string;
      },
      heartbeat: () => this.link.send({ type: 'heartbeat', id }),
      progress: (fraction, text) =>
        this.link.send({ type: 'progress', id, fraction, ...(text === undefined ? {} : { text }) }),
      log: this.log(id),
    };
  }

  private log(id: number): Log {
    const write = (level: keyof Log) => (message: string, details?: JsonObject) =>
      this.link.send({
        type: 'log',
        id,
        line: { level, message, ...(details === undefined ? {} : { details }) },
      });
    return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  }

  private loadOptions(connector: ConnectorDefinition, call: CallOf<'loadOptions'>, signal: AbortSignal) {
    const load = connector.loaders?.[call.loader];
    if (!load) throw notOffered(`Connector "${connector.id}" has no loader "${call.loader}".`);
    const { auth, input, search } = call;
    const context: LoaderContext = {
      http: connectorHttp(connector, auth, this.transport, signal),
      auth,
      input,
      search,
      signal,
    };
    return load(context);
  }

  private async testAuth(connector: ConnectorDefinition, auth: CallAuth, signal: AbortSignal): Promise<null> {
    const definition = authDefinition(connector, auth.kind);
    if (!definition?.test) throw notOffered(`Credentials of kind "${auth.kind}" cannot be tested.`);
    await definition.test(auth.values, { http: connectorHttp(connector, auth, this.transport, signal), signal });
    return null;
  }
}

function notOffered(message: string): ConnectorError {
  return new ConnectorError(message, { code: 'connector.notOffered', retryable: false });
}

async function importConnector(plugin: PluginLocation): Promise<ConnectorDefinition> {
  const module = (await import(pathToFileURL(plugin.entry).href)) as { default?: ConnectorDefinition };
  if (module.default?.sdk === 1) return module.default;
  throw new ConnectorError(`The default export of ${plugin.id} is no connector.`, {
    code: 'connector.invalid',
    retryable: false,
  });
}
