import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../hooks/use-stored.js';
import { en } from './locales/en.js';
import { speakServerTexts } from './server-texts.js';

/** Name of a text; `locales/en` has them all. Those that are counted have a form for one and one for many. */
export type TextKey = keyof typeof en extends infer Key
  ? Key extends `${infer Name}_one` | `${infer Name}_other`
    ? Name
    : Key
  : never;

/** Languages that are complete, by the names their speakers use. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;
export type LanguageChoice = Language | 'system';

const choiceName = 'language';

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // Keys are whole names, with dots in them.
  keySeparator: false,
  nsSeparator: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
  initAsync: false,
});
// English writes names within a sentence small.
i18n.services.formatter?.add('lowercase', (value: string) => value.toLowerCase());

export const languageChoice = (): LanguageChoice => readStored<LanguageChoice>(choiceName, 'system');

/** Chooses a language for this browser; `system` is what the browser asks for, where it is there. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  writeStored(choiceName, choice);
  await speak(choice === 'system' ? systemLanguage() : choice);
}

/** Speaks the chosen language. English is here at once, another one is fetched. */
export const startLanguage = (): Promise<void> => speak(languageOf(languageChoice()));

const languageOf = (choice: LanguageChoice): Language => (choice === 'system' ? systemLanguage() : choice);

function systemLanguage(): Language {
  const wanted = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2));
  return wanted.find((tag): tag is Language => tag in languages) ?? 'en';
}

async function speak(language: Language): Promise<void> {
  const texts = speakServerTexts(language);
  if (language === 'de' && !i18n.hasResourceBundle('de', 'translation')) {
    const { de } = await import('./locales/de.js');
    i18n.addResourceBundle('de', 'translation', de);
  }
  await texts;
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** A text in the language of this page; `{{names}}` in it are filled in, and `count` chooses the plural. */
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

/** The text of a name. The page is drawn anew when the language changes, so it may be asked anywhere. */
export const t: Translate = (key, values) => i18n.t(key, values ?? {});

const subscribe = (changed: () => void) => {
  i18n.on('languageChanged', changed);
  return () => i18n.off('languageChanged', changed);
};

/** Whose numbers and dates are written: the browser's, where it speaks the language of the page. */
export const localeOf = (language = i18n.language): string =>
  (navigator.languages ?? []).find((tag) => tag.slice(0, 2) === language) ?? language;

/** A formatter for each language, made when it is first asked for. */
export function perLanguage<Formatter>(make: (locale: string) => Formatter): () => Formatter {
  const made = new Map<string, Formatter>();
  return () => {
    const locale = localeOf();
    const formatter = made.get(locale) ?? make(locale);
    made.set(locale, formatter);
    return formatter;
  };
}

/** The language that is spoken; the root of the page is drawn anew with it. */
export const useLanguage = (): string => useSyncExternalStore(subscribe, () => i18n.language);
