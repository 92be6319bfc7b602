import { UserError, type JsonObject } from '@wfaib/sdk';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { asDate, first, links, list, text, type XmlNode } from './xml-values.js';

/** An entry, the same for RSS 2.0, RSS 1.0 (RDF) and Atom; what the feed does not say is left out. */
export interface FeedEntry extends JsonObject {
  /** Guid or id; the link where there is none. */
  id: string;
  title: string;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: true,
  trimValues: true,
});

/**
 * Entries of a feed in the order of the document. Relative links are resolved against `baseUrl`.
 * @throws UserError when the text is no feed, or declares entities
 */
export function parseFeed(xml: string, baseUrl: string): FeedEntry[] {
  refuseEntities(xml);
  const valid = XMLValidator.validate(xml);
  if (valid !== true)
    throw new UserError(`The feed is not well-formed XML: ${valid.err.msg} (line ${valid.err.line}).`);
  const root = parsed(xml);
  const rss = first(root, 'rss');
  if (rss) return fromChannel(first(rss, 'channel') ?? {}, list(first(rss, 'channel') ?? {}, 'item'), baseUrl);
  const rdf = first(root, 'rdf:RDF');
  if (rdf) return fromChannel(first(rdf, 'channel') ?? {}, list(rdf, 'item'), baseUrl);
  const feed = first(root, 'feed');
  if (feed) return fromAtom(feed, baseUrl);
  throw new UserError('There is no RSS or Atom feed at this address.');
}

function parsed(xml: string): XmlNode {
  try {
    return parser.parse(xml) as XmlNode;
  } catch (error) {
    throw new UserError(`The feed cannot be read: ${(error as Error).message}.`);
  }
}

/** A few lines of declared entities can grow to gigabytes; feeds have no need of them. */
function refuseEntities(xml: string): void {
  const markup = xml.replace(/<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)/g, '');
  if (/<!ENTITY/i.test(markup)) throw new UserError('The feed declares XML entities, which are refused.');
}

function fromChannel(channel: XmlNode, items: XmlNode[], baseUrl: string): FeedEntry[] {
  const feed = about(channel, text(channel, 'link'), baseUrl);
  return items.map((item) => {
    const link = absolute(text(item, 'link') ?? permalink(item), baseUrl);
    return entry({
      id: text(item, 'guid') ?? text(item, '@rdf:about') ?? link,
      title: text(item, 'title'),
      link,
      publishedAt: asDate(text(item, 'pubDate') ?? text(item, 'dc:date')),
      author: text(item, 'dc:creator') ?? text(item, 'author'),
      summary: text(item, 'description'),
      content: text(item, 'content:encoded'),
      categories: list(item, 'category').map((one) => text({ one }, 'one') ?? ''),
      enclosures: list(item, 'enclosure').map((one) => enclosure(one, text(one, '@url'), baseUrl)),
      feed,
    });
  });
}

function fromAtom(feed: XmlNode, baseUrl: string): FeedEntry[] {
  const source = about(feed, links(feed, 'alternate')[0]?.href, baseUrl);
  return list(feed, 'entry').map((item) => {
    const link = absolute(links(item, 'alternate')[0]?.href, baseUrl);
    return entry({
      id: text(item, 'id') ?? link,
      title: text(item, 'title'),
      link,
      publishedAt: asDate(text(item, 'published') ?? text(item, 'updated')),
      updatedAt: asDate(text(item, 'updated')),
      author: text(first(item, 'author') ?? first(feed, 'author') ?? {}, 'name'),
      summary: text(item, 'summary'),
      content: text(item, 'content'),
      categories: list(item, 'category').map((one) => text(one, '@term') ?? ''),
      enclosures: links(item, 'enclosure').map(({ node, href }) => enclosure(node, href, baseUrl)),
      feed: source,
    });
  });
}

function about(node: XmlNode, link: string | undefined, baseUrl: string): JsonObject {
  return present({ title: text(node, 'title'), link: absolute(link, baseUrl) });
}

function enclosure(node: XmlNode, url: string | undefined, baseUrl: string): JsonObject {
  const size = Number(text(node, '@length'));
  return present({ url: absolute(url, baseUrl), type: text(node, '@type'), size: size > 0 ? size : undefined });
}

/** A guid is a link unless it says that it is none. */
function permalink(item: XmlNode): string | undefined {
  const guid = first(item, 'guid');
  return guid && text(guid, '@isPermaLink') === 'false' ? undefined : text(item, 'guid');
}

function absolute(link: string | undefined, baseUrl: string): string | undefined {
  if (link === undefined) return undefined;
  return URL.canParse(link, baseUrl) ? new URL(link, baseUrl).href : link;
}

function entry(values: Record<string, unknown> & { id: string | undefined; title: string | undefined }): FeedEntry {
  return {
    ...present(values),
    id: values.id ?? values.title ?? '',
    title: values.title ?? '',
  };
}

function present(values: Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as JsonObject;
}
