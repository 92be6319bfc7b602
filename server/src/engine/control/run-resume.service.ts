import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth/caller.types.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import { isEnded, type RunStep, type RunView } from '../../runs/run.types.js';
import { RunAlreadyEnded, RunNotPaused, StepActionUnfit, StepUndecidable } from '../run-control.errors.js';
import type { ResumeRun } from '../run-control.schemas.js';
import type { StepChoice } from '../runner/decide-step.js';
import { RunInbox } from './run-inbox.service.js';
import { itemsOf } from './run-start.js';
import { UndoDecisions } from './undo-decisions.service.js';

type Action = NonNullable<ResumeRun['action']>;

const pauseActions: readonly Action[] = ['retry', 'skip', 'use'];
const undoActions: readonly Action[] = ['retry', 'skip', 'done'];

/** Lets runs go on that wait for a person: paused ones, and ended ones with something that could not be undone. */
@Injectable()
export class RunResume {
  constructor(
    private readonly runs: RunQueries,
    private readonly inbox: RunInbox,
    private readonly undo: UndoDecisions,
  ) {}

  /** @throws RunNotFound, RunAlreadyEnded, RunNotPaused, StepUndecidable, StepActionUnfit */
  async resume(caller: Caller, runId: string, body: ResumeRun): Promise<RunView> {
    const run = await this.runs.getById(caller.projectId, runId);
    if (isEnded(run.status)) await this.#decideUndo(caller, run, body);
    else if (run.status === 'paused') await this.#resume(caller, run, body);
    else throw new RunNotPaused(runId);
    return this.runs.getById(caller.projectId, runId);
  }

  async #decideUndo(caller: Caller, run: RunView, { step, action }: ResumeRun): Promise<void> {
    const tasks = new Set(run.waits.flatMap((wait) => (wait.kind === 'compensation' ? [wait.stepId] : [])));
    if (tasks.size === 0 || action === undefined) throw new RunAlreadyEnded(run.id, run.status);
    const failed = run.steps.filter(({ id }) => tasks.has(id));
    const { id } = pick(failed, step);
    if (action === 'use') throw new StepActionUnfit(action, undoActions);
    if (!(await this.undo.decide(run.id, id, action, caller.userId))) throw new StepUndecidable(id, []);
  }

  async #resume({ userId: by }: Caller, run: RunView, body: ResumeRun): Promise<void> {
    if (body.action === undefined)
      return void (await this.inbox.put(run.id, { kind: 'unpause', step: null, body: { by } }));
    const choice = choiceOf(body, body.action);
    const held = run.steps.filter(({ status }) => status === 'paused');
    const { id: step, attempt } = pick(held, body.step);
    const news = { kind: 'unpause' as const, step, body: { by, choice } };
    if (!(await this.inbox.put(run.id, news, `decide:${step}:${attempt}`))) throw new StepUndecidable(step, []);
  }
}

function choiceOf({ with: passed, items }: ResumeRun, action: Action): StepChoice {
  if (action === 'done') throw new StepActionUnfit(action, pauseActions);
  if (action === 'skip') return { action, with: passed ?? 'input' };
  return action === 'use' ? { action, items: itemsOf(items) } : { action };
}

/** The step that is meant, by its id or that of its node. */
function pick(waiting: readonly RunStep[], step: string | undefined): RunStep {
  const meant = waiting.filter(({ id, nodeId }) => step === undefined || id === step || nodeId === step);
  const [only] = meant;
  if (only && meant.length === 1) return only;
  throw new StepUndecidable(
    meant.length > 1 ? undefined : step,
    waiting.map(({ id, name }) => `"${name}" (${id})`),
  );
}
