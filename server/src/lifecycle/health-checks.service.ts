import { Injectable } from '@nestjs/common';
import { say, wordsOf, type Sentence } from '@wfaib/sdk/sentence';

/** What a check found. `ok: false` takes the server out of rotation; `degraded` tells that it works, but not fully. */
export interface CheckResult {
  ok: boolean;
  degraded?: boolean;
  /** For people, without secrets. */
  detail?: string;
  /** The detail, for those who show it in another language. */
  said?: Sentence;
}

/** What a check has to say, in words and for those who tell it in another language. */
export const inWords = (said: Sentence): Pick<CheckResult, 'detail' | 'said'> => ({ detail: wordsOf(said), said });

export type Check = () => CheckResult | Promise<CheckResult>;

/** A check that takes longer counts as failed, in milliseconds. */
const patienceMs = 2_000;

/** What `/health/ready` asks. Rooms register their checks when they start. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, Check>();
  private engine: 'temporal' | 'queue' = 'queue';

  /** Adds a check, or replaces the one of this name. It must be quick and safe to run at any time. */
  register(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** Told by the engine: which host carries `standard` runs at the moment. */
  engineIs(engine: 'temporal' | 'queue'): void {
    this.engine = engine;
  }

  get currentEngine(): 'temporal' | 'queue' {
    return this.engine;
  }

  /** Runs all checks side by side; one that throws or takes over two seconds has failed. */
  async runAll(): Promise<Record<string, CheckResult>> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await guarded(check)] as const),
    );
    return Object.fromEntries(results);
  }
}

async function guarded(check: Check): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, ...inWords(say`no answer within ${{ patienceMs }} ms`) }),
      patienceMs,
    );
  });
  try {
    return await Promise.race([Promise.resolve().then(check), late]);
  } catch (error) {
    return { ok: false, detail: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
}
