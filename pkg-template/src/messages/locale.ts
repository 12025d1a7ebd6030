import type { CtsErrorKind } from '../client/error.js';
import { invalidOption } from '../options.js';
import type { IssueCode, ServiceCode } from '../validation/issue.js';
import type {
  actualTypes,
  characters,
  errorPhrases,
  expectedTypes,
  fields,
  messages,
  phrases,
  trackerTypes,
} from './en.js';

/** The texts of issues. */
export interface IssueTexts {
  readonly code: 'en' | 'zh-CN';
  /**
   * By issue code, by code and field, or by code and path: `required:data_bucket.data_bucket_name` wins over
   * `required:bucket_name`, and that over `required`. Between braces are the params of the issue (`IssueParams`); `{index}` and `{first}` are counted from 1 in a message.
   */
  readonly messages: Texts<typeof messages> &
    Readonly<Record<IssueCode, string>> & { readonly [codeAndField: `${IssueCode}:${string}`]: string };
  /** Parts of messages. */
  readonly phrases: Texts<typeof phrases>;
  /** Names of characters that are invisible or easy to confuse. */
  readonly characters: Texts<typeof characters>;
  /** Names of the types that fields have. */
  readonly expectedTypes: Texts<typeof expectedTypes>;
  /** Names of the types that values have. */
  readonly actualTypes: Texts<typeof actualTypes>;
  readonly trackerTypes: Texts<typeof trackerTypes>;
  /** The labels of the fields, by path. */
  readonly fields: Texts<typeof fields>;
}

/**
 * The texts of a language: `en` or `zhCN`. To change a text, spread the locale:
 * `{ ...en, messages: { ...en.messages, 'required:bucket_name': 'Enter a bucket.' } }`.
 */
export interface Locale extends IssueTexts {
  /** By `kind` of a `CtsError`. */
  readonly errorKinds: Readonly<Record<CtsErrorKind, string>>;
  /** Parts of the messages of errors. */
  readonly errorPhrases: Texts<typeof errorPhrases>;
  /** What the codes of the service mean, and what to do. */
  readonly serviceCodes: Readonly<Record<ServiceCode, string>>;
}

type Texts<Section> = { readonly [Key in keyof Section]: string };

/** Freezes a locale and its sections. */
export function locale<T extends object>(texts: T): T {
  Object.values(texts).forEach(Object.freeze);
  return Object.freeze(texts);
}

const SECTIONS = [
  'messages',
  'phrases',
  'characters',
  'expectedTypes',
  'actualTypes',
  'trackerTypes',
  'fields',
  'errorKinds',
  'errorPhrases',
  'serviceCodes',
] as const satisfies readonly (keyof Locale)[];

/** An option that is a locale. */
export function localeOption(value: unknown): Locale | undefined {
  if (value === undefined) return undefined;
  const sections = Object(value) as Partial<Record<string, unknown>>;
  if (sections === value && SECTIONS.every((name) => typeof sections[name] === 'object' && sections[name] !== null))
    return value as Locale;
  throw invalidOption('locale must be a locale object: `en` (the default) or `zhCN`, both exported by cts-tracker');
}
