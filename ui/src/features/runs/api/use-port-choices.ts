import { useMemo } from 'react';
import { toldDescriptor } from '../../../shared/i18n/told-descriptor.js';
import { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { outputPorts, portChoices } from '../../../shared/steps/ports.js';
import { useNodeTypes } from '../../../shared/steps/use-node-types.js';
import { useRunDocument } from './use-run-document.js';

/** Ways out of a step that has several, called as the workflow had them when it ran; by their names until that is known. */
export function usePortChoices(runId: string, nodeId: string, names: readonly string[]) {
  const node = useRunDocument(runId).data?.nodes.find(({ id }) => id === nodeId);
  const types = useNodeTypes().data;
  const ports = useMemo(
    () => (node && types ? outputPorts(node, new NodeCatalog(types, toldDescriptor).find(node.type)) : []),
    [node, types],
  );
  return ports.length > 1 || names.length > 1 ? portChoices(ports, names) : [];
}
