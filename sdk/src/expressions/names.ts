import { viewTables } from './globals/host-views.js';
import { roots, type Root } from './globals/roots.js';
import { memberTables } from './properties.js';
import { kindOf, type Kind } from './values.js';
import { Namespace, type MemberTable } from './views.js';

/** One completion that an editor can offer. */
export interface NameEntry {
  name: string;
  kind: 'value' | 'function' | 'namespace';
  /** Parameters of a function as shown to people, for example `(search, from?)`. */
  signature?: string;
  /** One line. */
  doc: string;
}

const entryOf = ({ name, kind, doc, signature }: Root): NameEntry =>
  signature === undefined ? { name, kind, doc } : { name, kind, doc, signature };

/** Every name an expression may start with, from the table the evaluator uses. */
export const rootNames: readonly NameEntry[] = [
  ...[...roots.values()].map(entryOf),
  {
    name: '$',
    kind: 'function',
    signature: "('Name')",
    doc: 'Another step: item, first(), last(), all(), isExecuted.',
  },
  { name: '$node', kind: 'value', doc: 'Another step, as older n8n workflows name it: $node["Name"].json.' },
];

/** Kinds of value that have members. */
export type MemberKind = keyof typeof memberTables;

/** Methods and properties by kind of value. */
export const memberNames: Readonly<Record<MemberKind, readonly NameEntry[]>> = Object.fromEntries(
  Object.entries(memberTables).map(([kind, table]) => [kind, entriesOf(table as MemberTable<never>)]),
) as unknown as Record<MemberKind, readonly NameEntry[]>;

/** Members of `$input` and of `$('Name')`. */
export const viewNames = { $input: entriesOf(viewTables.$input), node: entriesOf(viewTables.node) };

/** Members of `Math`, `JSON`, `DateTime` and their like. */
export const namespaceNames: Readonly<Record<string, readonly NameEntry[]>> = Object.fromEntries(
  [...roots.values()].flatMap((root) => {
    if (root.kind !== 'namespace') return [];
    const space = root.read(undefined as never);
    return space instanceof Namespace ? [[root.name, entriesOf(space.members)]] : [];
  }),
);

/** What can follow the dot after this value; the fields of an object or list itself are not among them. */
export function membersOf(value: unknown): readonly NameEntry[] {
  const kind: Kind = kindOf(value);
  return kind in memberNames ? memberNames[kind as MemberKind] : [];
}

function entriesOf(table: MemberTable<never>): NameEntry[] {
  const properties = [...table.properties.values()].map(({ name, doc }): NameEntry => ({ name, kind: 'value', doc }));
  const methods = [...table.methods.values()].map(({ name, doc, signature }): NameEntry => ({
    name,
    kind: 'function',
    signature,
    doc,
  }));
  return [...properties, ...methods];
}
