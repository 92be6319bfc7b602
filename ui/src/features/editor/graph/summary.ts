import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';

/** The line of meaning on a step card; what the connector wrote, else the name of the type. */
export function summaryOf(
  node: Pick<WorkflowNode, 'name' | 'parameters' | 'type'>,
  descriptor: NodeDescriptor | undefined,
): string {
  if (!descriptor) return `${node.type} is not installed`;
  if (!descriptor.summary) return node.name === descriptor.label ? '' : descriptor.label;
  return descriptor.summary
    .replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => {
      const value = node.parameters[name] ?? descriptor.fields[name]?.default;
      return shorten(value);
    })
    .trim();
}

function shorten(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/^=/, '').replace(/^\{\{\s*|\s*\}\}$/g, '');
}
