import { Module } from '@nestjs/common';
import { EgressModule } from '../egress/egress.module.js';
import { ConnectorCatalog } from './connector-catalog.service.js';
import { ConnectorHost } from './connector-host.service.js';
import { ConnectorInstaller } from './connector-installer.service.js';
import { ConnectorsController } from './connectors.controller.js';
import { ConnectorsRepository } from './connectors.repository.js';

/** The plugin host: describe once, call in a child. */
@Module({
  imports: [EgressModule],
  controllers: [ConnectorsController],
  providers: [ConnectorCatalog, ConnectorHost, ConnectorInstaller, ConnectorsRepository],
  exports: [ConnectorCatalog, ConnectorHost],
})
export class ConnectorsModule {}
