import type { ExpressionSample } from '../expressions/sample-context.js';

/** The sample's value of a plain path such as `$json.user.name` or `$('Orders').first().json`; else `undefined`. */
export function valueAtPath(path: string, sample: ExpressionSample): unknown {
  const parts = path.match(/\$\(\s*(?:'[^']*'|"[^"]*")\s*\)|[A-Za-z_$][\w$]*(?:\(\))?|\[[^\]]*\]/g);
  if (!parts) return undefined;
  const [root = '', ...rest] = parts;
  return rest.reduce<unknown>((value, part) => step(value, part), rootValue(root, sample));
}

function rootValue(root: string, sample: ExpressionSample): unknown {
  const item = sample.items[sample.itemIndex] ?? sample.items[0];
  if (root === '$json') return item?.json;
  if (root === '$item') return item;
  if (root === '$input') return viewOf(sample.items, item);
  if (root === '$run') return sample.run;
  if (root === '$workflow') return sample.workflow;
  const name = /^\$\(\s*(['"])(.*)\1\s*\)$/.exec(root)?.[2];
  if (name === undefined) return undefined;
  const items = sample.nodes[name]?.items ?? [];
  return viewOf(items, items[0]);
}

const viewOf = (items: unknown[], item: unknown) => ({
  item,
  'first()': items[0],
  'last()': items.at(-1),
  'all()': items,
});

function step(value: unknown, part: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const key = part.startsWith('[') ? part.slice(1, -1).replace(/^['"]|['"]$/g, '') : part;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
