import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

/** Renames a step and every expression that names it; answers how many expressions changed. */
export function renameNode(document: WorkflowDocument, id: string, name: string): number {
  const node = document.nodes.find((candidate) => candidate.id === id);
  if (!node || node.name === name) return 0;
  const renames = new Map([[node.name, name]]);
  node.name = name;
  let changed = 0;
  for (const other of document.nodes) {
    const before = changed;
    const parameters = renameReferences(other.parameters, renames, () => (changed += 1));
    if (changed > before) other.parameters = parameters as Record<string, unknown>;
  }
  return changed;
}

const reference = /(\$\(\s*|\$node\[\s*)(['"`])((?:\\.|(?!\2).)*)\2/g;

/**
 * Rewrites `$('Old')` and `$node["Old"]` in every template of a value; other text is left alone.
 * @param onChange is called for each text that changed
 */
export function renameReferences(
  value: unknown,
  renames: ReadonlyMap<string, string>,
  onChange: () => void = () => undefined,
): unknown {
  if (typeof value === 'string') {
    const text = value.startsWith('=') || value.includes('$(') ? renameInText(value, renames) : value;
    if (text !== value) onChange();
    return text;
  }
  if (Array.isArray(value)) return value.map((element) => renameReferences(element, renames, onChange));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, renameReferences(inner, renames, onChange)]),
  );
}

function renameInText(text: string, renames: ReadonlyMap<string, string>): string {
  return text.replace(reference, (whole, opening: string, quote: string, escaped: string) => {
    const name = renames.get(escaped.replace(/\\(.)/g, '$1'));
    if (name === undefined) return whole;
    return `${opening}${quote}${name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
  });
}
