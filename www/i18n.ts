// The language of the console: texts by key, inserted into elements that have a `data-text` attribute.
import { type Locale, en as packageEn, zhCN as packageZhCN } from 'cts-tracker';
import { storeSetting } from './storage.js';
import { en } from './texts/en.js';
import type { TextsLike } from './texts/texts-like.js';
import { zhCN } from './texts/zh-CN.js';

type Texts = TextsLike<typeof en>;

/** `sentenceGap` stands between two sentences. `locale` sets the language of the package's messages. */
interface Language {
  readonly texts: Texts;
  readonly sentenceGap: string;
  readonly locale: Locale;
}

const languages = {
  en: { texts: en, sentenceGap: ' ', locale: packageEn },
  'zh-CN': { texts: zhCN, sentenceGap: '', locale: packageZhCN },
} satisfies Record<string, Language>;

export type LanguageCode = keyof typeof languages;

const toLanguageCode = (code: string): LanguageCode => (code === 'zh-CN' ? code : 'en');

let current: LanguageCode = toLanguageCode(document.documentElement.lang);

export const languageCode = (): LanguageCode => current;
export const packageLocale = (): Locale => languages[current].locale;

export function setLanguage(code: string): void {
  current = toLanguageCode(code);
  storeSetting('language', current);
}

type EnglishTexts = typeof en;
type TextKey = keyof Texts;
type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
/** What a text needs: a count, values for its placeholders, or nothing. */
type TextArguments<Key extends TextKey> = EnglishTexts[Key] extends (count: number) => string
  ? [count: number]
  : [Placeholder<EnglishTexts[Key]>] extends [never]
    ? []
    : [values: Readonly<Record<Placeholder<EnglishTexts[Key]>, string | number>>];

/** The keys of texts that need nothing. */
export type PlainTextKey = { [Key in TextKey]: TextArguments<Key> extends [] ? Key : never }[TextKey];

/** The text of a key in the current language: `t('page.version', { version })`, `t('preview.errors', 2)`. */
export function t<Key extends TextKey>(key: Key, ...[argument]: TextArguments<Key>): string {
  const text: Texts[TextKey] = languages[current].texts[key];
  if (typeof text === 'function') return text(Number(argument));
  const values: Readonly<Record<string, string | number>> = typeof argument === 'object' ? argument : {};
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The text of a key that is only known at run time, or undefined if there is none. */
export function findText(key: string): string | undefined {
  const texts: Readonly<Record<string, Texts[TextKey] | undefined>> = languages[current].texts;
  const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

export const joinSentences = (sentences: readonly string[]): string => sentences.join(languages[current].sentenceGap);

/** A label and the sentences that belong to it: `OBS bucket name: This field is required.` */
export const withLabel = (label: string, sentences: readonly string[]): string =>
  t('field.message', { field: label, message: joinSentences(sentences) });

/** Inserts the texts of the current language into the elements that name one. */
export function translate(): void {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]'))
    element.textContent = findText(element.dataset.text ?? '') ?? '';
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]'))
    element.setAttribute('aria-label', findText(element.dataset.label ?? '') ?? '');
}
