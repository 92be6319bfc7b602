import { Injectable } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
import { isObject } from '../nodes/field-values.js';
import type { Tx } from '../database/unit-of-work.service.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** A place of a document that names another workflow. */
interface Named {
  workflowId: string;
  nodeId?: string;
  field: string;
  /** The name of the step that calls it; an error workflow is named by no step. */
  caller?: string;
}

const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with the workflows that a document names: which ones there are, only the database knows. */
@Injectable()
export class NamedWorkflows {
  constructor(private readonly workflows: WorkflowsRepository) {}

  /**
   * A step that calls a workflow that is not there is an error; one that is not live yet, and an error workflow that is
   * of no use, are warnings: they may come to be live in any order.
   */
  async problemsOf(tx: Tx, projectId: string, raw: unknown): Promise<Problem[]> {
    const named = namedIn(raw);
    if (named.length === 0) return [];
    const ids = [...new Set(named.map(({ workflowId }) => workflowId).filter((id) => idShape.test(id)))];
    const rows = await this.workflows.findNames(tx, projectId, ids);
    const known = new Map(rows.map((row) => [row.id.toLowerCase(), row]));
    return named.flatMap((each): Problem[] => {
      const { workflowId, nodeId, field, caller } = each;
      const row = known.get(workflowId.toLowerCase());
      const place = { field, ...(nodeId === undefined ? {} : { nodeId }) };
      if (row === undefined) {
        const severity = nodeId === undefined ? 'warning' : 'error';
        return [{ severity, code: 'parameter.invalid', ...tell(absent(workflowId, caller)), ...place }];
      }
      if (row.liveVersion !== null) return [];
      return [{ severity: 'warning', code: 'parameter.invalid', ...tell(notLive(row.name, caller)), ...place }];
    });
  }
}

function absent(id: string, caller: string | undefined): Sentence {
  if (caller === undefined)
    return say`The error workflow is the workflow ${{ id }}, which is not in this project. Choose another one.`;
  return say`"${{ caller }}" calls the workflow ${{ id }}, which is not in this project. Choose another one.`;
}

function notLive(name: string, caller: string | undefined): Sentence {
  if (caller === undefined) return say`The error workflow is "${{ name }}", which is not live. Publish it.`;
  return say`"${{ caller }}" calls "${{ name }}", which is not live. Publish it.`;
}

/** Expressions are for the run; disabled steps call nobody. */
function namedIn(raw: unknown): Named[] {
  if (!isObject(raw)) return [];
  const nodes = Array.isArray(raw['nodes']) ? raw['nodes'].filter(isObject) : [];
  const calls = nodes.flatMap(({ id, name, type, disabled, parameters }): Named[] => {
    const workflowId = isObject(parameters) ? parameters['workflowId'] : undefined;
    if (type !== 'core.call' || disabled === true || typeof id !== 'string') return [];
    if (typeof workflowId !== 'string' || workflowId === '' || workflowId.startsWith('=')) return [];
    const caller = typeof name === 'string' ? name : id;
    return [{ workflowId, nodeId: id, field: 'parameters.workflowId', caller }];
  });
  const settings = isObject(raw['settings']) ? raw['settings'] : {};
  const { errorWorkflowId } = settings;
  const isNamed = typeof errorWorkflowId === 'string' && errorWorkflowId !== '';
  return isNamed ? [...calls, { workflowId: errorWorkflowId, field: 'settings.errorWorkflowId' }] : calls;
}
