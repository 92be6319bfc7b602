import type { Connection, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { connectionKey, refusalOf } from './connect.js';
import type { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { inputPorts, outputPorts } from '../../../shared/steps/ports.js';

export interface ConnectTarget {
  connection: Connection;
  /** For example "true → Merge, 2". */
  label: string;
}

/** Every connection that could still start at this step, in words. */
export function connectTargets(document: WorkflowDocument, catalog: NodeCatalog, id: string): ConnectTarget[] {
  const source = document.nodes.find((node) => node.id === id);
  if (!source) return [];
  const there = new Set(document.connections.map(connectionKey));
  const outputs = outputPorts(source, catalog.find(source.type));
  return outputs.flatMap((output) =>
    document.nodes.flatMap((target) => {
      const inputs = inputPorts(target, catalog.find(target.type));
      return inputs.flatMap((input): ConnectTarget[] => {
        const connection = { from: { node: id, port: output.name }, to: { node: target.id, port: input.name } };
        if (there.has(connectionKey(connection)) || refusalOf(document, catalog, connection)) return [];
        const way = outputs.length > 1 ? `${output.label ?? output.name} → ` : '';
        const entry = inputs.length > 1 ? `, ${input.label ?? input.name}` : '';
        return [{ connection, label: `${way}${target.name}${entry}` }];
      });
    }),
  );
}
