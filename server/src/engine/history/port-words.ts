import { say, type SentenceValue } from '@wfaib/sdk/sentence';
import type { PlanNode } from '../../plan/plan.types.js';

/** A way out of a step as the editor calls it; `undefined` where it is the only one. */
export function portWords(node: PlanNode | undefined, port: string): SentenceValue | undefined {
  if (!node) return port === 'main' ? undefined : port;
  const { descriptor, outputs } = node;
  if (port === 'main' && outputs.length < 2) return undefined;
  const own = descriptor.outputs.find(({ name }) => name === port);
  // What a connector calls its ports is told in no other language.
  if (own && (own.label ?? port) !== 'main') {
    const label = own.label ?? port;
    return descriptor.connector ? label : { text: label };
  }
  if (node.node.onError === 'errorOutput') {
    if (port === 'main') return say`on success`;
    if (port === 'error') return say`on error`;
  }
  return port;
}
