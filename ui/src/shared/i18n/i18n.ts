import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../hooks/use-stored.js';
import en from './locales/en.json' with { type: 'json' };

/** Name of a text; `locales/en.json` has them all. */
export type TextKey = keyof typeof en;

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
  if (language === 'de' && !i18n.hasResourceBundle('de', 'translation')) {
    const { default: de } = await import('./locales/de.json');
    i18n.addResourceBundle('de', 'translation', de);
  }
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

/** The language that is spoken; the root of the page is drawn anew with it. */
export const useLanguage = (): string => useSyncExternalStore(subscribe, () => i18n.language);
