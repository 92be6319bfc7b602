import { Injectable } from '@nestjs/common';
import type { Priority } from '@temporalio/common';
import { Settings } from '../../config/config.service.js';
import { Database } from '../../database/database.service.js';
import { Log } from '../../logging/logger.service.js';
import { Ownership } from '../host/ownership.service.js';
import type { RunRow } from '../journal/run-row.types.js';
import { RunSlots } from '../runner/run-slots.js';
import type { Host } from '../runner/runner.types.js';
import { shortText } from './short-text.js';
import { StartTurns } from './start-turns.js';
import { TemporalConnection } from './temporal-connection.service.js';
import type { TemporalLink } from './temporal-presence.js';
import { sightOf, type Sight } from './temporal-sight.js';
import { taskQueue, workflowIdOf, workflowType } from './temporal-names.js';
import { tasksInVain } from './workflow-tasks.js';
import type { automationWorkflow } from './workflows/automation.workflow.js';

/** `known`: Temporal has, or had, a workflow for this run and epoch. */
type StartOutcome = 'started' | 'known' | 'failed';

/** Carries runs on Temporal: a Temporal workflow per run and epoch. */
@Injectable()
export class TemporalHost implements Host {
  readonly name = 'temporal';
  /** While set, runs that this Temporal does not know stay as they are: no person has agreed yet. */
  isHeld = false;
  readonly #queues: { isApart?: true };
  /** Whether runs are decided about here: a server may work on steps alone. */
  readonly #decides: boolean;

  constructor(
    private readonly connection: TemporalConnection,
    private readonly ownership: Ownership,
    private readonly slots: RunSlots,
    private readonly turns: StartTurns,
    private readonly database: Database,
    private readonly log: Log,
    settings: Settings,
  ) {
    this.#queues = settings.taskQueues.length > 0 ? { isApart: true } : {};
    this.#decides = settings.taskQueues.length === 0 || settings.taskQueues.includes('core');
  }

  /** An eager start brings the first task back to the process that asked, where it has a worker. */
  get worksHere(): boolean {
    return this.#decides && this.connection.hasWorker;
  }

  /** Runs may be given to it whenever there is a Temporal: while it is away they are kept and start when it is back. */
  isAvailable(): boolean {
    return this.connection.isConfigured;
  }

  /** Starts the run now, or leaves it to the reconciler while Temporal does not answer. */
  async start(runId: string, epoch: number): Promise<void> {
    const isMine = this.worksHere && (await this.turns.take(runId));
    const { link } = this.connection;
    const outcome = link && (await this.#start(link, runId, epoch, isMine));
    if (outcome !== 'started') this.turns.end(runId);
  }

  /** Tells the Temporal workflow of the run that there is news; where it has ended though the run has not, begins again. */
  async wake(runId: string, epoch: number): Promise<void> {
    const { link } = this.connection;
    if (!link || (await this.#signal(link, runId, epoch)) || this.isHeld) return;
    if ((await this.#start(link, runId, epoch)) !== 'known') return;
    // Known, so it was being started when the signal came, or it has ended: that of a paused run does.
    if (await this.#signal(link, runId, epoch)) return;
    for (const owned of await this.ownership.beginAgain([runId], this.name))
      await this.#start(link, runId, owned.epoch);
  }

  /** The run has a later epoch: its workflow of this one, should there be any, looks at it once more and ends. */
  async release(runId: string, epoch: number): Promise<void> {
    const { link } = this.connection;
    if (link) await this.#signal(link, runId, epoch);
  }

  /** How the run stands with Temporal under this epoch; undefined while Temporal does not answer. */
  async lookAt(runId: string, epoch: number): Promise<Sight | undefined> {
    const { link } = this.connection;
    if (!link) return undefined;
    try {
      const found = await link.client.workflow.getHandle(workflowIdOf(runId, epoch)).describe();
      const isOpen = found.status.name === 'RUNNING' && !!found.raw.pendingWorkflowTask;
      return sightOf(found, isOpen ? await tasksInVain(link, workflowIdOf(runId, epoch)) : undefined);
    } catch (error) {
      return isNotFound(error) ? { kind: 'gone' } : undefined;
    }
  }

  /** Ends the workflow of this epoch: no worker can go on with it. */
  async discard(runId: string, epoch: number, reason: string): Promise<void> {
    try {
      await this.connection.link?.client.workflow.getHandle(workflowIdOf(runId, epoch)).terminate(reason);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #start(
    { client, isSearchable }: TemporalLink,
    runId: string,
    epoch: number,
    isEager = false,
  ): Promise<StartOutcome> {
    try {
      const facts = await this.#factsOf(runId);
      await client.workflow.start<typeof automationWorkflow>(workflowType, {
        workflowId: workflowIdOf(runId, epoch),
        taskQueue,
        args: [{ runId, epoch, isStrict: facts.durability === 'strict', ...this.#queues }],
        // In the process that has a worker the first task comes back with the answer, without a hop through a queue.
        requestEagerStart: isEager,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: shortText(facts.workflowName),
        workflowTaskTimeout: '10 seconds',
        // Its activities inherit it.
        priority: priorityOf(facts),
        ...(isSearchable ? { typedSearchAttributes: await searchedBy(facts) } : {}),
      });
      return 'started';
    } catch (error) {
      if ((error as Error).name === 'WorkflowExecutionAlreadyStartedError') return 'known';
      this.log.warn({ runId, epoch, error }, 'Temporal did not take the run; it is tried again');
      return 'failed';
    }
  }

  /** @returns false where there is no such workflow at work */
  async #signal({ client }: TemporalLink, runId: string, epoch: number): Promise<boolean> {
    try {
      await client.workflow.getHandle(workflowIdOf(runId, epoch)).signal('wake');
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      // Temporal went away: the inbox is a row, and the reconciler looks at it again.
      this.log.debug({ runId, epoch, error }, 'Temporal took no signal for the run');
      return true;
    }
  }

  async #factsOf(runId: string): Promise<RunFacts> {
    const here = this.slots.find(runId)?.memory?.run;
    if (here) return here;
    const [row] = await this.database.query<RunFacts>(
      `SELECT workflow_name AS "workflowName", durability, workflow_id AS "workflowId", project_id AS "projectId", mode,
         answers_caller AS "answersCaller"
       FROM run WHERE id = $1`,
      [runId],
    );
    return row ?? unknownRun;
  }
}

type RunFacts = Pick<RunRow, 'workflowName' | 'durability' | 'workflowId' | 'projectId' | 'mode' | 'answersCaller'>;

const unknownRun: RunFacts = {
  workflowName: 'Run',
  durability: 'standard',
  workflowId: null,
  projectId: '',
  mode: 'production',
  answersCaller: false,
};

/** Who waits comes first: a caller, or a person who tests. Where there is more to do than can be done, projects take turns. */
function priorityOf({ projectId, mode, answersCaller }: RunFacts): Priority {
  const isAwaited = answersCaller || mode === 'test';
  return { priorityKey: isAwaited ? 2 : 3, ...(projectId === '' ? {} : { fairnessKey: projectId }) };
}

/** Temporal's libraries are loaded when there is one. */
async function searchedBy({ workflowId, projectId }: Pick<RunFacts, 'workflowId' | 'projectId'>) {
  const { searchKeys } = await import('./search-attributes.js');
  const ofWorkflow = workflowId === null ? [] : [{ key: searchKeys.workflowId, value: workflowId }];
  return [...ofWorkflow, { key: searchKeys.projectId, value: projectId }];
}

function isNotFound(error: unknown): boolean {
  return (error as Error).name === 'WorkflowNotFoundError';
}
