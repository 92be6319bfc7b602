import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { NodeCatalog } from '../shared/steps/node-catalog.js';

export function aDescriptor(type: string, part: Partial<NodeDescriptor> = {}): NodeDescriptor {
  return {
    type,
    typeVersion: 1,
    label: type.split('.')[1] ?? type,
    description: '',
    icon: 'box',
    category: 'data',
    isTrigger: false,
    inputs: [{ name: 'main' }],
    outputs: [{ name: 'main' }],
    fields: {},
    work: 'once',
    effect: 'none',
    weight: 'light',
    ...part,
  };
}

export const aCatalog = new NodeCatalog([
  aDescriptor('core.manual', { isTrigger: true, inputs: [], category: 'trigger' }),
  aDescriptor('core.set', { label: 'Set fields' }),
  aDescriptor('core.if', { outputs: [{ name: 'true' }, { name: 'false' }] }),
  aDescriptor('core.switch', { outputs: [], outputsFrom: { parameter: 'rules', key: 'port', also: 'fallback' } }),
  aDescriptor('core.merge', { inputs: [], inputsFrom: { parameter: 'inputs', defaultCount: 2 } }),
  aDescriptor('core.loop', {
    inputs: [{ name: 'main' }, { name: 'next' }],
    outputs: [{ name: 'loop' }, { name: 'done' }],
  }),
]);

export function aNode(id: string, part: Partial<WorkflowNode> = {}): WorkflowNode {
  return { id, name: id.toUpperCase(), type: 'core.set', position: [0, 0], parameters: {}, onError: 'stop', ...part };
}

/** `aDocument([…], 'a>b', 'b:true>c:main')` */
export function aDocument(nodes: WorkflowNode[], ...arrows: string[]): WorkflowDocument {
  const end = (text = '') => {
    const [node = '', port = 'main'] = text.split(':');
    return { node, port };
  };
  return {
    wfaib: 1,
    name: 'Test',
    nodes,
    connections: arrows.map((arrow) => {
      const [from, to] = arrow.split('>');
      return { from: end(from), to: end(to) };
    }),
    settings: { timezone: 'UTC', durability: 'auto', branches: 'parallel', saveData: 'all' },
  };
}

/** Connections in the notation of `aDocument`, ports named only where they are not `main`. */
export function arrowsOf(document: WorkflowDocument): string[] {
  const text = ({ node, port }: { node: string; port: string }) => (port === 'main' ? node : `${node}:${port}`);
  return document.connections.map(({ from, to }) => `${text(from)}>${text(to)}`);
}
