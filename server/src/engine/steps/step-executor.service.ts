import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import { Clock } from '../../clock/clock.service.js';
import { Settings } from '../../config/config.service.js';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { NodeFiles } from '../../nodes/core-node.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import { Variables } from '../../variables/variables.service.js';
import { ForeignTemporalWork } from '../temporal/foreign/foreign-temporal-work.service.js';
import { FileStore } from '../../runs/file-store.service.js';
import { CodePort } from './code-port.service.js';
import { ConnectorSteps } from './connector-steps.service.js';
import { ProgressReports } from './progress-reports.service.js';
import { RunItems } from './run-items.service.js';
import { SeenValues } from './seen-values.service.js';
import { StepInput } from './step-input.js';
import type { StepOutcome } from './step-outcome.types.js';
import type { StepTask } from './step-task.types.js';
import type { EngineNodeContext } from './engine-node-context.js';
import { reopenContext, tryStep, type StepTools } from './try-step.js';

/** Executes one try of a step with what the server has: the only place where steps meet the outside. */
@Injectable()
export class StepExecutor {
  readonly #tools: StepTools;

  constructor(
    private readonly items: RunItems,
    private readonly progress: ProgressReports,
    files: FileStore,
    connectors: ConnectorSteps,
    code: CodePort,
    seen: SeenValues,
    foreign: ForeignTemporalWork,
    variables: Variables,
    clock: Clock,
    settings: Settings,
  ) {
    this.#tools = {
      items,
      publicUrl: () => settings.publicUrl,
      now: () => clock.now(),
      variables: (projectId) => variables.valuesOf(projectId),
      filesOf: (runId) => nodeFilesOf(runId, files),
      connect: (context, task, timeoutMs) => connectors.run(context, task, timeoutMs),
      runCode: (projectId, request, logs, signal) => code.run(projectId, request, logs, signal),
      remember: (scope, step, values, limit) => seen.remember(scope, step, values, limit),
      askTemporal: (work, timeoutMs, signal) => foreign.perform(work, timeoutMs, signal),
    };
  }

  /** The items on the first input port of a visit. */
  async inputOf(memory: RunMemory, visit: StepVisit): Promise<readonly Item[]> {
    return (await this.loadInput(memory, visit)).first;
  }

  /** All that a visit was given. */
  async loadInput(memory: RunMemory, visit: StepVisit): Promise<StepInput> {
    const input = await StepInput.load(memory, visit, this.items);
    await input.loadAll();
    return input;
  }

  /** What a step sees that was begun at `now`, milliseconds since 1970, and is asked more about later. */
  reopen(task: StepTask, now: number): Promise<EngineNodeContext> {
    return reopenContext(task, this.#tools, now);
  }

  /**
   * @throws OwnershipLost where this process may not go on, and whatever the task's signal was aborted with: nothing is
   * known of the outcome then
   */
  async execute(task: StepTask): Promise<StepOutcome> {
    const { report, end } = this.progress.begin(task);
    try {
      return await tryStep({ ...task, report }, this.#tools);
    } finally {
      end();
    }
  }
}

function nodeFilesOf(runId: string, files: FileStore): NodeFiles {
  return {
    read: async function* ({ id }) {
      yield* (await files.get(runId, id)).bytes();
    },
    write: (meta, content) => files.put(runId, meta, content),
  };
}
