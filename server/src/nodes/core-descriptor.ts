import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';

type Said = Pick<NodeDescriptor, 'type' | 'label' | 'description' | 'icon' | 'category' | 'fields'>;

/** Describes a core node; what most of them share (one `main` in and out, works once, no effect, light) is filled in. */
export function coreDescriptor(said: Said & Partial<NodeDescriptor>): NodeDescriptor {
  return {
    typeVersion: 1,
    isTrigger: false,
    inputs: [{ name: 'main' }],
    outputs: [{ name: 'main' }],
    work: 'once',
    effect: 'none',
    weight: 'light',
    ...said,
  };
}
