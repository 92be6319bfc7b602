import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { Database } from '../../database/database.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunRow } from '../journal/run-row.types.js';
import { WaitNotFound, WaitUsed } from '../run-control.errors.js';

const shape = /^([0-9a-f]{32})([0-9a-f]{32})(?:\.(\w{1,64}))?$/;

/** Finds what a token of `$run.resumeUrl` or of a wait stands for. */
@Injectable()
export class WaitTokens {
  constructor(
    private readonly journal: JournalReader,
    private readonly database: Database,
  ) {}

  /**
   * The wait for a call that a token ends.
   * @returns the run and the step, which is absent where the wait was not reached yet
   * @throws WaitNotFound, WaitUsed
   */
  async readCall(token: string): Promise<{ run: RunRow; step: string | undefined }> {
    const { run, step } = await this.#runOf(token);
    if (run.endedAt !== null) throw new WaitUsed();
    const waits = await this.#waitsOf(run.id, 'webhook', step);
    const open = waits.find(({ isOpen }) => isOpen);
    if (open) return { run, step: open.step };
    if (waits.length > 0) throw new WaitUsed();
    if (step !== undefined) throw new WaitNotFound();
    return { run, step: undefined };
  }

  /**
   * The approval whose token this is, decided or not.
   * @returns undefined where it is the token of something else, such as that of a run
   */
  async findApproval(token: string): Promise<{ run: RunRow; step: string } | undefined> {
    const { run, step } = await this.#runOf(token);
    if (step === undefined) return undefined;
    const waits = await this.#waitsOf(run.id, 'approval', step);
    return waits.length === 0 ? undefined : { run, step };
  }

  async #runOf(token: string): Promise<{ run: RunRow; step: string | undefined }> {
    const [, id, secret, step] = shape.exec(token) ?? [];
    if (id === undefined || secret === undefined) throw new WaitNotFound();
    const run = await this.journal.findRun(uuidOf(id));
    if (run === undefined || !timingSafeEqual(Buffer.from(run.resumeSecret), Buffer.from(secret)))
      throw new WaitNotFound();
    return { run, step };
  }

  #waitsOf(runId: string, kind: string, step: string | undefined): Promise<{ step: string; isOpen: boolean }[]> {
    return this.database.query<{ step: string; isOpen: boolean }>(
      `SELECT step_key AS step, resolved_at IS NULL AS "isOpen" FROM run_wait
       WHERE run_id = $1 AND kind = $2 AND ($3::text IS NULL OR step_key = $3) ORDER BY created_at, id`,
      [runId, kind, step ?? null],
    );
  }
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
