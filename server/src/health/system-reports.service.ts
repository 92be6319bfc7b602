import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.service.js';
import { Settings } from '../config/config.service.js';
import { version } from '../config/version.service.js';
import { HealthChecks } from '../lifecycle/health-checks.service.js';
import { ProcessTable, type ProcessEntry } from '../lifecycle/process-table.service.js';
import { residentBytes } from '../lifecycle/resident-memory.service.js';
import {
  backupPart,
  clockPart,
  databasePart,
  diskPart,
  enginePart,
  keyPart,
  mailPart,
  publicUrlPart,
  queuePart,
  registeredPart,
  type DatabaseFacts,
} from './system-parts.js';
import { SystemFacts } from './system-facts.service.js';
import type { SystemPart, SystemProcess, SystemReport } from './system.types.js';

/** What stands on the health page: every part of the installation, and what to do about those that are not well. */
@Injectable()
export class SystemReports {
  constructor(
    private readonly checks: HealthChecks,
    private readonly facts: SystemFacts,
    private readonly processes: ProcessTable,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** @param calledBy the address the caller used */
  async report(calledBy: string | undefined): Promise<SystemReport> {
    const [checks, database, runs, backupAt, disk] = await Promise.all([
      this.checks.runAll(),
      this.facts.database(),
      this.facts.openRuns(this.clock.now()),
      this.facts.lastBackup(),
      this.#disk(),
    ]);
    const { database: _database, ...others } = checks;
    const engine = this.checks.currentEngine;
    const parts = [
      databasePart(database),
      enginePart(engine, this.settings.engine !== 'queue'),
      queuePart(runs),
      disk,
      backupPart(backupAt, this.clock.now()),
      ...this.#settingParts(calledBy, database),
      ...Object.entries(others).map(([id, result]) => registeredPart(id, result)),
    ];
    const processes = this.processes.list().map(withMemory);
    return { version, engine, role: this.settings.role, parts, processes, runs };
  }

  #settingParts(calledBy: string | undefined, database: DatabaseFacts): SystemPart[] {
    const { settings } = this;
    return [
      keyPart(settings.encryptionKey !== undefined, join(settings.dataDir, 'encryption.key')),
      publicUrlPart(settings.publicUrl, calledBy),
      clockPart(this.clock.now() - database.now),
      mailPart(settings.smtpUrl !== undefined),
    ];
  }

  async #disk(): Promise<SystemPart> {
    const { bavail, blocks, bsize } = await statfs(this.settings.dataDir);
    return diskPart(bavail * bsize, blocks * bsize);
  }
}

function withMemory(entry: ProcessEntry): SystemProcess {
  const bytes = residentBytes(entry.pid);
  return bytes === undefined ? entry : { ...entry, residentBytes: bytes };
}
