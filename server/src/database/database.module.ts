import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Settings } from '../config/config.service.js';
import { connect } from './connect.js';
import { createDataSource } from './data-source.js';
import { Database } from './database.service.js';
import { migrate } from './migrate.js';
import { RunPartitions } from './run-partitions.service.js';
import { Turns } from './turns.service.js';
import { UnitOfWork } from './unit-of-work.service.js';

const services = [Database, UnitOfWork, RunPartitions, Turns];

/** Connects and migrates before anything else starts. */
@Global()
@Module({
  providers: [{ provide: DataSource, inject: [Settings], useFactory: openDatabase }, ...services],
  exports: [DataSource, ...services],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

async function openDatabase(settings: Settings): Promise<DataSource> {
  const dataSource = createDataSource({
    url: settings.databaseUrl,
    poolSize: settings.databasePoolSize,
    applicationName: `wfaib-${settings.role}`,
  });
  await connect(dataSource, settings.databaseUrl);
  await migrate(dataSource);
  return dataSource;
}
