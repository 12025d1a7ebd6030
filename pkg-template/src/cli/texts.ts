// The texts of the command line in both languages. Messages about requests come from the package.
import { en } from './texts.en.js';
import { zhCN } from './texts.zh-CN.js';

export type TextKey = keyof typeof en;
export type Language = 'en' | 'zh-CN';
export type Translate = (key: TextKey, params?: Readonly<Record<string, string | number | undefined>>) => string;

const TEXTS: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, 'zh-CN': zhCN };

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(TEXTS, value);

export function translator(language: Language): Translate {
  return (key, params = {}) => TEXTS[language][key].replace(/\{(\w+)\}/g, (_, name) => String(params[name] ?? ''));
}
