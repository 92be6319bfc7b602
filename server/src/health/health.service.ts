import { Injectable, type OnModuleInit } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { version } from '../config/version.service.js';
import { Database } from '../database/database.service.js';
import { HealthChecks, inWords, type CheckResult } from '../lifecycle/health-checks.service.js';

/** Answer of `GET /health/ready`. */
export interface Readiness {
  /** `degraded`: works, but not fully; `failed`: send no requests here. */
  status: 'ok' | 'degraded' | 'failed';
  version: string;
  engine: 'temporal' | 'queue';
  checks: Record<string, CheckResult>;
}

/** Sums up what the rooms say about themselves. */
@Injectable()
export class Health implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecks,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.checks.register('database', async () => {
      const refusal = await this.database.findRefusal();
      return refusal === undefined
        ? { ok: true }
        : { ok: false, ...inWords(say`PostgreSQL takes no writes: ${{ refusal }}.`) };
    });
  }

  async readiness(): Promise<Readiness> {
    const checks = await this.checks.runAll();
    const results = Object.values(checks);
    const status = results.some(({ ok }) => !ok)
      ? 'failed'
      : results.some(({ degraded }) => degraded)
        ? 'degraded'
        : 'ok';
    return { status, version, engine: this.checks.currentEngine, checks };
  }
}
