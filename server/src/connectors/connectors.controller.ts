import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import { Access } from '../auth/access.decorator.js';
import { ConnectorCatalog } from './connector-catalog.service.js';

@ApiTags('connectors')
@Controller('api/connectors')
export class ConnectorsController {
  constructor(private readonly catalog: ConnectorCatalog) {}

  /** Installed connectors: what they can do, the hosts they may talk to, the credentials they take. */
  @Get()
  @Access('connector:read')
  list(): { items: ConnectorDescriptor[]; nextCursor: null } {
    return { items: this.catalog.connectorList(), nextCursor: null };
  }
}
