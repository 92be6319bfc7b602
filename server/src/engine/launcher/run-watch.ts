import { Injectable } from '@nestjs/common';
import { StepOutput } from '../../runs/step-output.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import { RunNotices } from '../journal/run-notices.js';
import type { RunRow } from '../journal/run-row.types.js';
import { RunSlots } from '../runner/run-slots.js';
import type { LaunchedRun, RunEnd, RunReply } from './launched-run.js';

/** How often a waiting request asks the database where nobody told it anything, in milliseconds. */
const pollMs = 250;

/** Waits for runs, whichever process carries them. */
@Injectable()
export class RunWatch {
  constructor(
    private readonly notices: RunNotices,
    private readonly journal: JournalReader,
    private readonly output: StepOutput,
    private readonly slots: RunSlots,
  ) {}

  follow(runId: string): LaunchedRun {
    return {
      runId,
      existing: false,
      reply: (timeoutMs) => this.#reply(runId, timeoutMs),
      end: async (timeoutMs) => {
        const run = await this.#until(runId, timeoutMs, (each) => each.endedAt !== null);
        return run?.endedAt == null ? undefined : this.#endOf(run);
      },
    };
  }

  async #reply(runId: string, timeoutMs: number): Promise<RunReply> {
    const run = await this.#until(runId, timeoutMs, (each) => each.endedAt !== null || each.reply !== null);
    if (run?.reply) return run.reply;
    if (run?.endedAt == null) return 'late';
    return run.status === 'failed' ? 'failed' : 'ended';
  }

  /** @returns the row that fits, else the newest known when the time is over */
  #until(runId: string, timeoutMs: number, fits: (run: RunRow) => boolean): Promise<RunRow | undefined> {
    return new Promise((resolve, reject) => {
      let newest: RunRow | undefined;
      let isAsking = false;
      const see = (run: RunRow | undefined) => {
        newest = run ?? newest;
        if (run && fits(run)) end(() => resolve(run));
      };
      const ask = async () => {
        if (isAsking) return;
        isAsking = true;
        await this.journal.findRun(runId).then(see, () => undefined);
        isAsking = false;
      };
      const lost = (error: unknown) => {
        // A run that stopped before its first commit was never accepted.
        void this.journal.findRun(runId).then(
          (run) => (run ? see(run) : end(() => reject(error))),
          () => end(() => reject(error)),
        );
      };
      const end = (settle: () => void) => {
        stop();
        clearInterval(poll);
        clearTimeout(timer);
        settle();
      };
      // Of what this process appended the row was told already.
      const onHint = (seq: number) => void (seq <= (newest?.lastSeq ?? 0) ? undefined : ask());
      const stop = this.notices.listen(runId, { onRow: (run) => see({ ...run }), onHint, onFailure: lost });
      const poll = setInterval(() => void ask(), pollMs);
      const timer = setTimeout(() => end(() => resolve(newest)), timeoutMs);
      // A run that is not committed yet tells by itself; of any other something may have been told already.
      if (this.slots.find(runId)?.memory?.creation === undefined) void ask();
    });
  }

  async #endOf(run: RunRow): Promise<RunEnd> {
    const { id: runId, error, reply, status } = run;
    return { runId, status: status as RunEnd['status'], error, reply, result: await this.#resultOf(run) };
  }

  async #resultOf({ id, result }: RunRow): Promise<RunEnd['result']> {
    if (result === null) return null;
    const items = await this.output.allItems(id, result.step);
    return { nodeId: result.nodeId, itemCount: result.itemCount, items };
  }
}
