import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { migrations } from './migrations/migration-list.js';

export interface DataSourceChoices {
  url: string;
  /** Most connections kept for queries. */
  poolSize: number;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
}

/**
 * The connection of this process. Its entities are all classes with `@Entity` that were imported before: the rooms that are
 * wired in `app.module.ts`, or what a spec imports.
 */
export function createDataSource({ url, poolSize, applicationName }: DataSourceChoices): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: getMetadataArgsStorage().tables.map((table) => table.target),
    migrations,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    poolSize,
    applicationName,
    connectTimeoutMS: 10_000,
    extra: { keepAlive: true, idleTimeoutMillis: 60_000 },
  });
}
