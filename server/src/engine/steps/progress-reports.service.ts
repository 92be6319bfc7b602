import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { EventBus } from '../../events/event-bus.service.js';
import type { ReportProgress, StepProgress } from '../../nodes/step-progress.js';
import { stepProgressChannel, type StepProgressed } from '../../runs/run.events.js';
import type { StepTask } from './step-task.types.js';

/** A step that is done sooner tells nothing, and no step tells more often; in milliseconds. */
const everyMs = 1_000;
/** What has not changed is told again after so many times, for pages that were opened meanwhile. */
const repeatEvery = 5;

/** Tells the people who watch how far steps are. Nothing of it is kept: it is about now. */
@Injectable()
export class ProgressReports {
  constructor(
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Reports of one try, until `end` is called. */
  begin({ memory, visit, attempt }: StepTask): { report: ReportProgress; end: () => void } {
    const since = this.clock.now();
    let say: (() => StepProgress) | undefined;
    let timer: NodeJS.Timeout | undefined;
    let told = '';
    let times = 0;
    const tell = (): void => {
      const progress = say!();
      const text = JSON.stringify(progress);
      times = text === told ? times + 1 : 0;
      told = text;
      if (times % repeatEvery !== 0) return;
      const about = { runId: memory.run.id, step: visit.key, nodeId: visit.nodeId, attempt, since };
      this.bus.publish(stepProgressChannel, { ...about, ...progress, at: this.clock.now() } satisfies StepProgressed);
    };
    return {
      report: (how) => {
        say = how;
        timer ??= setInterval(tell, everyMs);
      },
      end: () => clearInterval(timer),
    };
  }
}
