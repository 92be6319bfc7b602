import { t } from '../../../shared/i18n/i18n.js';

/** What an HTTP step needs of a cURL command; `undefined` where a text is none. */
export interface CurlRequest {
  parameters: Record<string, unknown>;
  /** Names of headers that look like secrets. They were left out: they belong into a credential. */
  secrets: string[];
}

const secretHeader = /^(authorization|proxy-authorization|cookie|x-api-key|x-auth-token|api-key)$/i;

export function readCurl(text: string): CurlRequest | undefined {
  const words = wordsOf(text.trim().replace(/\\\r?\n/g, ' '));
  if (words[0] !== 'curl') return undefined;
  let url: string | undefined;
  let method: string | undefined;
  const headers: Record<string, string> = {};
  const secrets: string[] = [];
  const data: string[] = [];
  let asQuery = false;
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const [flag, inline] = word.startsWith('--') && word.includes('=') ? split(word, '=') : [word, undefined];
    const value = () => inline ?? words[++at] ?? '';
    if (flag === '-X' || flag === '--request') method = value().toUpperCase();
    else if (flag === '-H' || flag === '--header') {
      const [name, content] = split(value(), ':').map((part) => part.trim()) as [string, string];
      if (secretHeader.test(name)) secrets.push(name);
      else headers[name] = content;
    } else if (/^(-d|--data|--data-raw|--data-binary|--data-ascii|--data-urlencode|--json)$/.test(flag)) {
      data.push(value());
      if (flag === '--json') headers['Content-Type'] ??= 'application/json';
    } else if (flag === '-u' || flag === '--user') {
      value();
      secrets.push(t('editor.curl.userAndPassword'));
    } else if (flag === '-G' || flag === '--get') asQuery = true;
    else if (flag === '-I' || flag === '--head') method = 'HEAD';
    else if (flag === '--url') url = value();
    else if (/^(-o|--output|-A|--user-agent|-e|--referer|-b|--cookie|-m|--max-time|--connect-timeout)$/.test(flag))
      value();
    else if (!flag.startsWith('-')) url ??= flag;
  }
  if (url === undefined) return undefined;
  const parameters: Record<string, unknown> = { url: asQuery && data.length > 0 ? `${url}?${data.join('&')}` : url };
  const verb = method ?? (data.length > 0 && !asQuery ? 'POST' : 'GET');
  if (verb !== 'GET') parameters['method'] = verb;
  if (data.length > 0 && !asQuery) Object.assign(parameters, bodyOf(data.join('&'), headers));
  if (Object.keys(headers).length > 0) parameters['headers'] = headers;
  return { parameters, secrets };
}

function bodyOf(text: string, headers: Record<string, string>): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    for (const name of Object.keys(headers)) if (name.toLowerCase() === 'content-type') delete headers[name];
    return { body };
  } catch {
    const isForm = /^[^=\s]+=[^\n]*$/.test(text);
    return isForm
      ? { bodyType: 'form', body: Object.fromEntries(new URLSearchParams(text)) }
      : { bodyType: 'text', body: text };
  }
}

function split(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The words of a command line, quotes resolved. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  const pattern = /(?:\$?'((?:\\.|[^'])*)'|"((?:\\.|[^"\\])*)"|(\\.|[^\s'"\\])+)+/g;
  for (const [word] of line.matchAll(pattern)) {
    words.push(
      word.replace(
        /\$?'((?:\\.|[^'])*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
        (_all, single?: string, double?: string, escaped?: string) =>
          single !== undefined ? single : double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (escaped ?? ''),
      ),
    );
  }
  return words;
}
