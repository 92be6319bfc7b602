import { Injectable } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { isObject } from '../nodes/field-values.js';
import type { Tx } from '../database/unit-of-work.service.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** A place of a document that names another workflow. */
interface Named {
  workflowId: string;
  nodeId?: string;
  field: string;
  who: string;
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
      const { workflowId, nodeId, field, who } = each;
      const row = known.get(workflowId.toLowerCase());
      const place = { field, ...(nodeId === undefined ? {} : { nodeId }) };
      if (row === undefined) {
        const message = `${who} the workflow ${workflowId}, which is not in this project. Choose another one.`;
        return [{ severity: nodeId === undefined ? 'warning' : 'error', code: 'parameter.invalid', message, ...place }];
      }
      if (row.liveVersion !== null) return [];
      const message = `${who} "${row.name}", which is not live. Publish it.`;
      return [{ severity: 'warning', code: 'parameter.invalid', message, ...place }];
    });
  }
}

/** Expressions are for the run; disabled steps call nobody. */
function namedIn(raw: unknown): Named[] {
  if (!isObject(raw)) return [];
  const nodes = Array.isArray(raw['nodes']) ? raw['nodes'].filter(isObject) : [];
  const calls = nodes.flatMap(({ id, name, type, disabled, parameters }): Named[] => {
    const workflowId = isObject(parameters) ? parameters['workflowId'] : undefined;
    if (type !== 'core.call' || disabled === true || typeof id !== 'string') return [];
    if (typeof workflowId !== 'string' || workflowId === '' || workflowId.startsWith('=')) return [];
    const who = `"${typeof name === 'string' ? name : id}" calls`;
    return [{ workflowId, nodeId: id, field: 'parameters.workflowId', who }];
  });
  const settings = isObject(raw['settings']) ? raw['settings'] : {};
  const { errorWorkflowId } = settings;
  const isNamed = typeof errorWorkflowId === 'string' && errorWorkflowId !== '';
  const who = 'The error workflow is';
  return isNamed ? [...calls, { workflowId: errorWorkflowId, field: 'settings.errorWorkflowId', who }] : calls;
}
