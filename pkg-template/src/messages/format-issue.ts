import type { IssueCode, Severity } from '../validation/issue.js';
import { enIssues } from './en.js';
import { type IssueTexts, type Locale, localeOption } from './locale.js';
import { compileTemplate, type Message } from './template.js';

/** An issue of a validator, or one that the host made: its message may use any params. */
export interface FormattableIssue {
  readonly code: IssueCode;
  readonly params: Readonly<Record<string, unknown>>;
  /** Selects the message: a rule `field.anything` uses `code:field` if there is such a message, unless the path has one. */
  readonly rule?: string | undefined;
  /** The result if the locale has no message for the code. */
  readonly message?: string | undefined;
  /** `code:path` is the first choice for the message: `required:data_bucket.data_bucket_name`. */
  readonly path?: readonly (string | number)[] | undefined;
  readonly severity?: Severity | undefined;
  readonly serverCode?: string | undefined;
}

/** A locale's messages by key (`code`, `code:field` or `code:path`), each compiled at its first use. */
export interface CompiledTexts {
  readonly texts: IssueTexts;
  readonly messages: Map<string, Message>;
  /** The codes that have a message for one path. */
  readonly codesByPath: ReadonlySet<string>;
}

const compiledByLocale = /* @__PURE__ */ new WeakMap<IssueTexts, CompiledTexts>();

export function compiledTexts(locale: Locale | undefined): CompiledTexts {
  const texts = locale === undefined ? enIssues : locale;
  let compiled = compiledByLocale.get(texts);
  if (compiled === undefined) {
    localeOption(locale);
    const byPath = Object.keys(texts.messages).filter((key) => key.includes('.'));
    compiled = { texts, messages: new Map(), codesByPath: new Set(byPath.map((key) => key.split(':', 1)[0] ?? '')) };
    compiledByLocale.set(texts, compiled);
  }
  return compiled;
}

/** The message of an issue. */
export function formatIssue(issue: FormattableIssue, locale?: Locale): string {
  const message = messageOf(compiledTexts(locale), issue.code, issue.rule, issue.path);
  return message?.(issue.params) ?? issue.message ?? issue.code;
}

/** The message of a code at a path, or under a rule; undefined for a code without a message. */
export function messageOf(
  compiled: CompiledTexts,
  code: string,
  rule: string | undefined,
  path: FormattableIssue['path'],
): Message | undefined {
  const templates: Readonly<Record<string, string>> = compiled.texts.messages;
  const field = typeof rule === 'string' ? rule.split('.', 1)[0] : '';
  const keys = [`${code}:${path?.join('.')}`, `${code}:${field}`];
  const key = keys.find((name) => Object.hasOwn(templates, name)) ?? code;
  let message = compiled.messages.get(key);
  if (message === undefined && Object.hasOwn(templates, key)) {
    message = compileTemplate(String(templates[key]), code, compiled.texts);
    compiled.messages.set(key, message);
  }
  return message;
}
