import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { merged, mergedInParts } from '../merge-items.js';

const matched = { mode: ['byKey'] };
const combined = { mode: ['byKey', 'byPosition', 'all'] };

/** Joins several lines into one; how is explained at `merged`. */
export const mergeNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.merge',
    label: 'Merge',
    description: 'Waits for several lines and makes one of them.',
    icon: 'merge',
    category: 'flow',
    inputs: [],
    inputsFrom: { parameter: 'inputs', defaultCount: 2 },
    fields: {
      inputs: {
        kind: 'number',
        label: 'Inputs',
        default: 2,
        min: 2,
        max: 50,
        integer: true,
        expressions: false,
      },
      mode: {
        kind: 'select',
        label: 'How',
        choices: [
          { value: 'append', label: 'One after the other', help: 'All items of input 1, then of input 2, and so on.' },
          { value: 'byKey', label: 'By matching fields', help: 'Items whose fields are equal become one.' },
          { value: 'byPosition', label: 'By position', help: 'First with first, second with second.' },
          { value: 'all', label: 'Every pair', help: 'Each item with each of the other inputs.' },
          { value: 'choose', label: 'One of the inputs', help: 'Waits for all and passes one on.' },
          { value: 'first', label: 'The first to arrive', help: 'The others are dropped.' },
        ],
        default: 'append',
        expressions: false,
      },
      keys: {
        kind: 'list',
        label: 'Matching fields',
        help: 'All must be equal. The text "1" equals the number 1; an empty field matches nothing.',
        required: true,
        itemLabel: '{{in1}} = {{in2}}',
        of: {
          in1: { kind: 'text', label: 'Field of input 1', placeholder: 'id', required: true },
          in2: { kind: 'text', label: 'Field of input 2', help: 'Left empty it has the same name.', placeholder: 'id' },
        },
        showWhen: matched,
      },
      join: {
        kind: 'select',
        label: 'Keep',
        choices: [
          { value: 'inner', label: 'What matches' },
          { value: 'left', label: 'All of input 1' },
          { value: 'outer', label: 'All of all inputs' },
          { value: 'anti', label: 'Of input 1 what has no match' },
        ],
        default: 'inner',
        showWhen: matched,
      },
      clash: {
        kind: 'select',
        label: 'When both have a field',
        choices: [
          { value: 'last', label: 'The last input wins' },
          { value: 'first', label: 'The first input wins' },
        ],
        default: 'last',
        showWhen: combined,
      },
      unpaired: {
        kind: 'boolean',
        label: 'Keep items without a partner',
        default: false,
        showWhen: { mode: ['byPosition'] },
      },
      use: {
        kind: 'text',
        label: 'Input to use',
        help: 'Name or number of the input.',
        placeholder: 'in1',
        default: 'in1',
        showWhen: { mode: ['choose'] },
      },
    },
    summary: '{{mode}}',
  }),
  run: async (context) => ({ outputs: { main: await merged(context) } }),
  inParts: mergedInParts,
};
