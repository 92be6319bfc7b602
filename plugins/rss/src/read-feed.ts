import type { ActionContext, HttpResponse } from '@wfaib/sdk';
import { parseFeed, type FeedEntry } from './parse-feed.js';

/** Fetches and parses the feed. A feed larger than 10 MiB is refused. */
export async function readFeed({
  input,
  http,
}: ActionContext<{ url: string; max: number; timeoutMs: number }>): Promise<FeedEntry[]> {
  const response = await http.request({
    url: input.url,
    timeoutMs: input.timeoutMs,
    maxBytes: 10 * 1024 * 1024,
    headers: { accept: 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5' },
  });
  return parseFeed(textOf(response), response.url).slice(0, input.max);
}

/** The XML declaration names the encoding where the header does not (RFC 7303, 3). */
function textOf(response: HttpResponse): string {
  if (/charset=/i.test(response.headers['content-type'] ?? '')) return response.text();
  const start = Buffer.from(response.bytes.subarray(0, 200)).toString('latin1');
  const declared = /^[^<]*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared).decode(response.bytes);
  } catch {
    return response.text();
  }
}
