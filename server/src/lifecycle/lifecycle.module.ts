import { Global, Module } from '@nestjs/common';
import { HealthChecks } from './health-checks.service.js';
import { ProcessTable } from './process-table.service.js';

/** Gives {@link HealthChecks} and {@link ProcessTable} to every room. */
@Global()
@Module({ providers: [HealthChecks, ProcessTable], exports: [HealthChecks, ProcessTable] })
export class LifecycleModule {}
