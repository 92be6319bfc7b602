/** An element as the parser gives it: text, or attributes (`@name`), text (`#text`, `#cdata`) and children. */
export type XmlNode = Record<string, unknown>;

/** All children of a name; an element without attributes is wrapped. */
export function list(node: XmlNode, name: string): XmlNode[] {
  const found = Object.hasOwn(node, name) ? node[name] : undefined;
  const all = Array.isArray(found) ? (found as unknown[]) : found === undefined ? [] : [found];
  return all.map((one) => (typeof one === 'object' && one !== null ? (one as XmlNode) : { '#text': one }));
}

export function first(node: XmlNode, name: string): XmlNode | undefined {
  return list(node, name)[0];
}

/** The text of the first child of a name, or of an attribute; undefined where it is missing or empty. */
export function text(node: XmlNode, name: string): string | undefined {
  const child = first(node, name);
  const found = child && whole(child).trim();
  return found === '' ? undefined : found;
}

function whole(node: XmlNode): string {
  const parts = [node['#text'], node['#cdata']].flat().filter((part) => part !== undefined);
  return parts.filter((part) => typeof part === 'string').join('');
}

/** Atom links of a relation; a link without one is an alternate. */
export function links(node: XmlNode, relation: string): { node: XmlNode; href: string }[] {
  return list(node, 'link').flatMap((link) => {
    const href = text(link, '@href');
    return href !== undefined && (text(link, '@rel') ?? 'alternate') === relation ? [{ node: link, href }] : [];
  });
}

/** A date as ISO 8601 in UTC; undefined where the text is none. */
export function asDate(value: string | undefined): string | undefined {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
