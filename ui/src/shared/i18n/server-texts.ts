import type { Language } from './i18n.js';
import { recogniserOf } from './recognise.js';

/** What the server and the files that come with it say in English, by where it is shown. */
export type ServerTexts = 'sentences' | 'errors' | 'libraries' | 'steps' | 'templates';

type Texts = Readonly<Record<string, string>>;
type Fetch = () => Promise<{ default: Texts }>;

/** English needs none: the English text is what is translated, and what is shown where there is no translation. */
const sources: Record<Exclude<Language, 'en'>, Record<ServerTexts, Fetch>> = {
  de: {
    sentences: () => import('./locales/de-server/sentences.json'),
    errors: () => import('./locales/de-server/errors.json'),
    libraries: () => import('./locales/de-server/libraries.json'),
    steps: () => import('./locales/de-server/steps.json'),
    templates: () => import('./locales/de-server/templates.json'),
  },
};

/** What may have been put together into plain text, most sure first. */
const messages = ['errors', 'libraries', 'sentences'] as const;

/** Messages may be on every page; the rest is fetched by the pages that show it. */
const needed = new Set<ServerTexts>(messages);
const fetched = new Map<string, Texts>();
let language: Language = 'en';
let recognise: ReturnType<typeof recogniserOf> | undefined;

/** Fetches what the pages seen so far need in a language; from then on it is spoken. */
export async function speakServerTexts(next: Language): Promise<void> {
  await fetchTexts(next);
  language = next;
  recognise = undefined;
}

/** To be awaited before a page is shown that has such texts. Where they do not come, it has them in English. */
export async function needServerTexts(part: ServerTexts): Promise<void> {
  needed.add(part);
  await fetchTexts(language).catch(() => undefined);
}

/** A text of the server in the language of this page, `{{names}}` and all. */
export function serverText(english: string): string {
  for (const part of needed) {
    const text = fetched.get(`${language} ${part}`)?.[english];
    if (text !== undefined) return text;
  }
  return english;
}

/**
 * A message that is kept as plain English text, such as the error of a step, in the language of this page: as it is where
 * the product did not write it. Within another sentence it may be part of one.
 */
export function toldMessage(english: string, isWithin = false): string {
  if (language === 'en') return english;
  recognise ??= recogniserOf(messages.map((part) => fetched.get(`${language} ${part}`) ?? {}));
  return recognise(english, isWithin);
}

/** What went wrong with a step or a run, as `toldMessage`; what who built the workflow wrote stays as it is. */
export const toldError = ({ code, message }: { code: string; message: string }): string =>
  code === 'run.stopped' ? message : toldMessage(message);

async function fetchTexts(wanted: Language): Promise<void> {
  if (wanted === 'en') return;
  const missing = [...needed].filter((part) => !fetched.has(`${wanted} ${part}`));
  const found = await Promise.all(
    missing.map(async (part) => [part, (await sources[wanted][part]()).default] as const),
  );
  for (const [part, texts] of found) fetched.set(`${wanted} ${part}`, texts);
}
