import { Injectable } from '@nestjs/common';
import type { StepError } from '@wfaib/sdk/errors';
import type { JsonObject } from '@wfaib/sdk/items';
import { Settings } from '../../config/config.service.js';
import { Log } from '../../logging/logger.service.js';
import { WorkflowDocuments, type RunnableWorkflow } from '../../workflows/workflow-documents.service.js';
import { RunFactory } from '../launcher/run-factory.service.js';
import { isWorkflowId } from './called-start.js';
import type { RunMemory } from '../runner/run-memory.js';

const errorTrigger = 'core.error';

/**
 * Runs of error workflows. One is made with the end of the run that failed, in the same transaction: there is exactly one,
 * whatever process dies when.
 */
@Injectable()
export class ErrorRuns {
  constructor(
    private readonly workflows: WorkflowDocuments,
    private readonly factory: RunFactory,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  /** The run that is to begin because `memory` has failed; undefined where none is wanted, or none can be. */
  async make(memory: RunMemory): Promise<RunMemory | undefined> {
    const workflowId = errorWorkflowOf(memory);
    if (workflowId === undefined) return undefined;
    const found = await this.#find(memory, workflowId);
    const trigger = found?.document.nodes.find(({ type, disabled }) => type === errorTrigger && disabled !== true);
    if (found && trigger) return this.#make(memory, found, trigger.id);
    const facts = { runId: memory.run.id, errorWorkflowId: workflowId };
    this.log.warn(facts, 'A run failed and its error workflow is not live, or has no trigger "When a workflow fails"');
    return undefined;
  }

  async #find({ run }: RunMemory, workflowId: string): Promise<RunnableWorkflow | undefined> {
    if (!isWorkflowId(workflowId)) return undefined;
    try {
      return await this.workflows.getRunnable(run.projectId, workflowId, 'live');
    } catch (error) {
      // Anything else is the database, and the end of the run is tried again.
      if ((error as { code?: string }).code?.startsWith('workflow') === true) return undefined;
      throw error;
    }
  }

  #make(memory: RunMemory, { workflowId, name, version, document }: RunnableWorkflow, nodeId: string) {
    return this.factory.make({
      projectId: memory.run.projectId,
      workflowId,
      workflowName: name,
      ...(version === undefined ? {} : { version }),
      document,
      mode: 'production',
      startedBy: 'error',
      start: { nodeId, as: 'trigger' },
      items: [{ json: this.#told(memory) }],
      answersCaller: false,
      parentRunId: memory.run.id,
    });
  }

  #told({ run, state, plan }: RunMemory): JsonObject {
    const error: StepError = state.finished!.error!;
    const at = error.nodeId === undefined ? undefined : plan.indexById.get(error.nodeId);
    const lastNodeExecuted = at === undefined ? null : plan.nodes[at]!.name;
    const url = `${this.settings.publicUrl}/runs/${run.id}`;
    return {
      execution: { id: run.id, url, mode: run.mode, lastNodeExecuted, error: { ...error } as JsonObject },
      workflow: { id: run.workflowId, name: run.workflowName },
    };
  }
}

/** Never for tests and cancels, for a run of the error workflow itself, or for one that was started by an error. */
function errorWorkflowOf(memory: RunMemory): string | undefined {
  const { run, state, program } = memory;
  const { errorWorkflowId } = program.document.settings;
  const isFailure = state.finished?.status === 'failed' && state.finished.error !== undefined;
  if (!isFailure || run.mode !== 'production' || errorWorkflowId === run.workflowId) return undefined;
  return memory.node(run.startNodeId).type === errorTrigger ? undefined : errorWorkflowId;
}
