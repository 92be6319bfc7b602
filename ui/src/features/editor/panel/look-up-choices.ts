import type { Choice } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { post } from '../../../api/client.js';
import type { LookUp } from '../../../shared/form/form-environment.js';
import { workflowLookUp } from '../api/look-up-workflows.js';
import { toldMessage } from '../../../shared/i18n/server-texts.js';

interface ChoicesRequest {
  connectorId: string;
  loader: string;
  input: Record<string, unknown>;
  search: string;
  credentialId?: string;
}

/**
 * Asks the connector of a step for choices, with the credential of the step and the values they depend on. What core steps
 * let one choose are workflows.
 */
export function lookUpFor(node: WorkflowNode, descriptor: NodeDescriptor | undefined): LookUp {
  const connectorId = descriptor?.connector?.id;
  if (!connectorId) return workflowLookUp;
  return {
    requestOf: ({ loader, dependsOn }, search): ChoicesRequest => {
      const names = dependsOn ?? [];
      const isFixed = (value: unknown) => value !== undefined && !(typeof value === 'string' && value.startsWith('='));
      const input = Object.fromEntries(
        names.filter((name) => isFixed(node.parameters[name])).map((name) => [name, node.parameters[name]]),
      );
      const [credentialId] = Object.values(node.credentials ?? {});
      return { connectorId, loader, input, search, ...(credentialId ? { credentialId } : {}) };
    },
    load: async (request) => {
      const { connectorId: id, ...body } = request as ChoicesRequest;
      const path = `/api/connectors/${encodeURIComponent(id)}/choices`;
      const { items, error } = await post<{ items: Choice[]; error?: { message: string } }>(path, body);
      if (error) throw new Error(toldMessage(error.message));
      return items;
    },
  };
}
