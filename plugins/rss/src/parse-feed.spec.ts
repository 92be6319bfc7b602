import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runAction } from '@wfaib/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import rss from './index.js';
import { parseFeed } from './parse-feed.js';

const rss2 = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>News &amp; more</title><link>https://a.example/</link>
<item><title>One</title><link>/one</link><guid isPermaLink="false">id-1</guid><pubDate>Mon, 06 Sep 2021 10:00:00 +0200</pubDate>
<description><![CDATA[<p>Short & good <!ENTITY x></p>]]></description><content:encoded><![CDATA[<b>Long</b>]]></content:encoded>
<dc:creator>Ada</dc:creator><category>a</category><category domain="x">b</category>
<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="12"/></item>
<item><title>Two</title><guid>https://a.example/two</guid></item>
</channel></rss>`;

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><link href="https://b.example/"/><author><name>Bo</name></author>
<entry><id>urn:1</id><title type="html">First</title><link rel="self" href="/self"/><link href="/first"/>
<link rel="enclosure" href="/f.pdf" type="application/pdf"/><updated>2024-01-02T03:04:05Z</updated><summary>Sum</summary>
<category term="t"/></entry></feed>`;

const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title><link>https://c.example/</link></channel>
<item rdf:about="https://c.example/1"><title>R</title><link>https://c.example/1</link><dc:date>2020-01-01T00:00:00Z</dc:date></item></rdf:RDF>`;

const base = 'https://a.example/feed';

describe('a feed', () => {
  it('is read as RSS 2.0', () => {
    expect(parseFeed(rss2, base)).toEqual([
      {
        id: 'id-1',
        title: 'One',
        link: 'https://a.example/one',
        publishedAt: '2021-09-06T08:00:00.000Z',
        author: 'Ada',
        summary: '<p>Short & good <!ENTITY x></p>',
        content: '<b>Long</b>',
        categories: ['a', 'b'],
        enclosures: [{ url: 'https://a.example/1.mp3', type: 'audio/mpeg', size: 12 }],
        feed: { title: 'News & more', link: 'https://a.example/' },
      },
      expect.objectContaining({ id: 'https://a.example/two', title: 'Two', link: 'https://a.example/two' }),
    ]);
  });

  it('is read as Atom', () => {
    expect(parseFeed(atom, 'https://b.example/atom')).toEqual([
      {
        id: 'urn:1',
        title: 'First',
        link: 'https://b.example/first',
        publishedAt: '2024-01-02T03:04:05.000Z',
        updatedAt: '2024-01-02T03:04:05.000Z',
        author: 'Bo',
        summary: 'Sum',
        categories: ['t'],
        enclosures: [{ url: 'https://b.example/f.pdf', type: 'application/pdf' }],
        feed: { title: 'Atom', link: 'https://b.example/' },
      },
    ]);
  });

  it('is read as RSS 1.0', () => {
    expect(parseFeed(rdf, base)).toMatchObject([
      { id: 'https://c.example/1', title: 'R', publishedAt: '2020-01-01T00:00:00.000Z' },
    ]);
  });

  it.each([
    ['a web page', '<html><body/></html>', 'no RSS or Atom feed'],
    ['broken XML', '<rss><channel>', 'not well-formed'],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel/></rss>', 'entities'],
    ['a file by entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss/>', 'entities'],
  ])('is not %s', (_, xml, reason) => {
    expect(() => parseFeed(xml, base)).toThrow(reason);
  });

  it('is refused with element names that mean something to JavaScript', () => {
    const xml = '<rss><channel><item><constructor>y</constructor></item></channel></rss>';
    expect(() => parseFeed(xml, base)).toThrow(expect.objectContaining({ code: 'connector.userError' }));
  });
});

describe('reading over HTTP', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/rss+xml');
      if (request.url === '/latin') {
        const xml =
          '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><item><title>Käse</title></item></channel></rss>';
        response.end(Buffer.from(xml, 'latin1'));
      } else response.end(rss2);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('gives an item for each entry, no more than asked for', async () => {
    const result = await runAction(rss.actions.read, { input: { url, max: 1 }, connector: rss });
    expect(result).toMatchObject({ ok: true, items: [{ json: { title: 'One' } }] });
    expect(result.ok && result.items).toHaveLength(1);
  });

  it('reads the encoding from the XML declaration', async () => {
    const result = await runAction(rss.actions.read, { input: { url: `${url}/latin` }, connector: rss });
    expect(result).toMatchObject({ ok: true, items: [{ json: { title: 'Käse' } }] });
  });
});
