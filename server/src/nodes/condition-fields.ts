import type { Field } from '@wfaib/sdk/fields';

/** The form of a condition, shared by If, Filter and the rules of Switch. */
export const conditionFields: Record<string, Field> = {
  conditions: {
    kind: 'conditions',
    label: 'Conditions',
    help: 'Compares two values. Numbers equal their text, dates compare as moments in time.',
  },
  combine: {
    kind: 'select',
    label: 'Combine',
    help: 'Whether all conditions must hold, or any one of them.',
    choices: [
      { value: 'and', label: 'All must hold' },
      { value: 'or', label: 'Any must hold' },
    ],
    default: 'and',
    expressions: false,
  },
  condition: {
    kind: 'text',
    label: 'Or an expression',
    help: 'Used instead of the conditions above. Holds when it is true in the sense of JavaScript; the text "false" is false.',
    placeholder: '={{ $json.total > 100 }}',
    expressionOnly: true,
  },
};
