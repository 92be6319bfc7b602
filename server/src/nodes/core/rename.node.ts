import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { CoreNode, NodeContext, OutputItem, PartsWork } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { madeFrom, withFiles } from '../lineage.js';
import { readPath, withPath, withoutPath } from '../paths.js';

/** Renames fields; all at once, so that two can swap their names. A field that is not there is left alone. */
export const renameNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.rename',
    label: 'Rename fields',
    description: 'Gives fields other names.',
    icon: 'tag',
    category: 'data',
    fields: {
      fields: {
        kind: 'keyvalue',
        label: 'Names',
        help: 'Old name and new name. A dot in a name goes one level down.',
        required: true,
      },
    },
  }),
  run: (context) => renaming(context).take(context),
  inParts: renaming,
};

function renaming(first: NodeContext): PartsWork {
  const names = Object.entries(first.parameter<Record<string, unknown>>('fields', 0) ?? {});
  const renames = names.map(([from, to]): [string, string] => [from, String(to)]);
  return {
    take: async (context) => {
      const main: OutputItem[] = [];
      for (const [index, item] of context.items().entries()) {
        await context.breathe();
        main.push(withFiles(renamed(item.json, renames), item.files, madeFrom(context, index)));
      }
      return { outputs: { main } };
    },
  };
}

function renamed(json: JsonObject, renames: readonly [from: string, to: string][]): JsonObject {
  const found = renames.flatMap(([from, to]): [string, string, JsonValue][] => {
    const value = readPath(json, from);
    return value === undefined || from === to || to === '' ? [] : [[from, to, value]];
  });
  const isPlain = found.every(([from, to]) => Object.hasOwn(json, from) && !to.includes('.'));
  return isPlain ? renamedInPlace(json, found) : renamedDeep(json, found);
}

/** Keeps the order of the fields. */
function renamedInPlace(json: JsonObject, found: readonly [string, string, JsonValue][]): JsonObject {
  const names = new Map(found.map(([from, to]) => [from, to]));
  const taken = new Set(names.values());
  const stays = Object.entries(json).filter(([name]) => names.has(name) || !taken.has(name));
  return Object.fromEntries(stays.map(([name, value]) => [names.get(name) ?? name, value]));
}

function renamedDeep(json: JsonObject, found: readonly [string, string, JsonValue][]): JsonObject {
  const emptied = found.reduce((left, [from]) => withoutPath(left, from), json);
  return found.reduce((made, [, to, value]) => withPath(made, to, value), emptied);
}
