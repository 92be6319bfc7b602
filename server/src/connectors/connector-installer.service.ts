import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import { Log } from '../logging/logger.service.js';
import { ConnectorCatalog } from './connector-catalog.service.js';
import { ConnectorHost } from './connector-host.service.js';
import { ConnectorsRepository, type StoredConnector } from './connectors.repository.js';
import type { PluginPackage } from './plugin-packages.js';

/**
 * At the start: compares the plugins on this machine with the stored descriptions, has new or changed ones describe themselves
 * in a child process, and fills the catalog. This process never loads plugin code.
 */
@Injectable()
export class ConnectorInstaller implements OnModuleInit {
  constructor(
    private readonly host: ConnectorHost,
    private readonly connectors: ConnectorsRepository,
    private readonly catalog: ConnectorCatalog,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const plugins = this.host.plugins();
    const stored = await this.connectors.findAll();
    const known = plugins.flatMap((plugin) => findStored(stored, plugin)?.descriptor ?? []);
    const unknown = plugins.filter((plugin) => !findStored(stored, plugin));
    this.catalog.load([...known, ...(await this.install(unknown))]);
  }

  private async install(plugins: PluginPackage[]): Promise<ConnectorDescriptor[]> {
    const descriptors = await this.host.describe(plugins);
    for (const descriptor of descriptors) {
      const plugin = plugins.find((one) => one.id === descriptor.id);
      if (!plugin) continue;
      await this.connectors.save(plugin.packageName, plugin.fingerprint, descriptor);
      this.log.info({ connector: descriptor.id, version: descriptor.version }, 'A connector was installed');
    }
    return descriptors;
  }
}

function findStored(stored: StoredConnector[], plugin: PluginPackage): StoredConnector | undefined {
  return stored.find(
    (one) => one.id === plugin.id && one.version === plugin.version && one.fingerprint === plugin.fingerprint,
  );
}
