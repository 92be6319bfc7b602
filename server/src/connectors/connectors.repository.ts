import { Injectable } from '@nestjs/common';
import type { ConnectorDescriptor } from '@wfaib/sdk/connector-descriptor';
import { Database } from '../database/database.service.js';

/** A stored description: the newest one of a plugin version. */
export interface StoredConnector {
  id: string;
  version: string;
  fingerprint: string;
  descriptor: ConnectorDescriptor;
}

/** Table `connector`: how plugins described themselves when they were installed. */
@Injectable()
export class ConnectorsRepository {
  constructor(private readonly database: Database) {}

  findAll(): Promise<StoredConnector[]> {
    return this.database.query<StoredConnector>('SELECT id, version, fingerprint, descriptor FROM connector');
  }

  async save(packageName: string, fingerprint: string, descriptor: ConnectorDescriptor): Promise<void> {
    await this.database.query(
      `INSERT INTO connector (id, version, package_name, fingerprint, descriptor) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id, version) DO UPDATE
       SET package_name = $3, fingerprint = $4, descriptor = $5, described_at = now()`,
      [descriptor.id, descriptor.version, packageName, fingerprint, JSON.stringify(descriptor)],
    );
  }
}
