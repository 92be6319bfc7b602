import type { Item, JsonValue } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type NodeContext, type PartsWork } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { gatheredFiles } from '../files-of.js';
import { inOnePart } from '../in-parts.js';
import { allSources, withFiles } from '../lineage.js';
import { asText } from '../parameter-shapes.js';
import { readPath, withPath } from '../paths.js';

/** Makes one item of all: a list of the items, or of one field of each (items where it is missing or null are left out). */
export const aggregateNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.aggregate',
    label: 'Aggregate',
    description: 'Makes one item that holds a list of all items, or of one field of each.',
    icon: 'combine',
    category: 'data',
    fields: {
      field: {
        kind: 'text',
        label: 'Field',
        help: 'Left empty, whole items are listed. Items without the field are left out.',
        placeholder: 'id',
      },
      into: { kind: 'text', label: 'Put the list into', default: 'data', placeholder: 'data' },
      files: {
        kind: 'boolean',
        label: 'Keep files',
        help: 'Files of all items; a name that is taken gets a number.',
        default: false,
      },
    },
    summary: '{{field}}',
  }),
  run: (context) => inOnePart(context, gathering(context)),
  inParts: gathering,
};

/** Most that the one item may hold, in characters of JSON. */
const maxListChars = 60_000_000;

function gathering(first: NodeContext): PartsWork {
  const field = asText(first.parameter('field', 0));
  const into = asText(first.parameter('into', 0)) ?? 'data';
  const keepsFiles = first.parameter('files', 0) === true;
  const isSeveral = first.itemCount() > first.items().length;
  const values: JsonValue[] = [];
  const withFilesOf: Item[] = [];
  let chars = 0;
  return {
    take: (part) => {
      for (const item of part.items()) {
        const value = field === undefined ? item.json : readPath(item.json, field);
        if (keepsFiles && item.files) withFilesOf.push(item);
        if (value === undefined || value === null) continue;
        if (isSeveral) chars += JSON.stringify(value).length + 1;
        if (chars > maxListChars) throw listTooLong(first);
        values.push(value);
      }
      return { outputs: {} };
    },
    end: () => {
      const files = keepsFiles ? gatheredFiles(withFilesOf) : undefined;
      return { outputs: { main: [withFiles(withPath({}, into, values), files, allSources(first))] } };
    },
  };
}

function listTooLong({ node }: NodeContext): StepFailure {
  return new StepFailure({
    code: 'step.outputTooLarge',
    message: `The list would be longer than ${maxListChars} characters of JSON. List one field instead of whole items, or summarize.`,
    nodeId: node.id,
    retryable: false,
  });
}
