import type { IssueCode, Severity } from '../validation/issue.js';
import { describeCharacter } from './describe-character.js';
import { enIssues } from './en.js';
import { type IssueTexts, type Locale, localeOption } from './locale.js';

/** An issue of a validator, or one that the host made: its message may use any params. */
export interface FormattableIssue {
  readonly code: IssueCode;
  readonly params: Readonly<Record<string, unknown>>;
  /** Selects the message: a rule `field.anything` uses `code:field` if there is such a message. */
  readonly rule?: string | undefined;
  /** The result if the locale has no message for the code. */
  readonly message?: string | undefined;
  readonly path?: readonly (string | number)[] | undefined;
  readonly severity?: Severity | undefined;
  readonly serverCode?: string | undefined;
}

/** A message as a function of the params. */
export type Message = (params: MessageParams) => string;

interface MessageParams {
  readonly character: string;
  readonly sequence: string;
  readonly index: number;
  readonly first: number;
  readonly min: number;
  readonly max: number;
  readonly allowed: readonly unknown[];
  readonly reserved: readonly unknown[];
  readonly field: string;
  readonly trackerType: string;
  readonly expected: string;
  readonly actual: unknown;
  readonly suggestion: string | undefined;
  readonly [other: string]: unknown;
}

/** A locale's messages, each compiled at its first use: code -> rule -> message. */
export interface CompiledTexts {
  readonly texts: IssueTexts;
  readonly messages: Map<string, Map<string | undefined, Message>>;
}

const compiledByLocale = /* @__PURE__ */ new WeakMap<IssueTexts, CompiledTexts>();

/** A host may format issues with rules of its own, so the number of compiled messages is limited. */
const MAX_RULES = 64;

export function compiledTexts(locale: Locale | undefined): CompiledTexts {
  const texts = locale === undefined ? enIssues : locale;
  let compiled = compiledByLocale.get(texts);
  if (compiled === undefined) {
    localeOption(locale);
    compiled = { texts, messages: new Map() };
    compiledByLocale.set(texts, compiled);
  }
  return compiled;
}

/** The message of an issue. */
export function formatIssue(issue: FormattableIssue, locale?: Locale): string {
  const message = messageOf(compiledTexts(locale), issue.code, issue.rule);
  return message?.(issue.params as MessageParams) ?? issue.message ?? issue.code;
}

/** The message of a code under a rule; undefined for a code without a message. */
export function messageOf(compiled: CompiledTexts, code: string, rule: string | undefined): Message | undefined {
  return compiled.messages.get(code)?.get(rule) ?? compileMessage(compiled, code, rule);
}

function compileMessage(
  { texts, messages }: CompiledTexts,
  code: string,
  rule: string | undefined,
): Message | undefined {
  const field = typeof rule === 'string' ? rule.split('.', 1)[0] : '';
  const template = own(texts.messages, `${code}:${field}`) ?? own(texts.messages, code);
  if (typeof template !== 'string') return undefined;
  const message = compileTemplate(template, code, texts);
  let byRule = messages.get(code);
  if (byRule === undefined) messages.set(code, (byRule = new Map()));
  if (byRule.size < MAX_RULES) byRule.set(rule, message);
  return message;
}

function compileTemplate(template: string, code: string, texts: IssueTexts): Message {
  const literals: string[] = [];
  const params: Message[] = [];
  let rest = template;
  for (let open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
    const close = rest.indexOf('}', open);
    if (close < 0) break;
    literals.push(rest.slice(0, open));
    params.push(compileParam(code, rest.slice(open + 1, close), texts));
    rest = rest.slice(close + 1);
  }
  const [first, second] = params;
  const [head = '', middle = ''] = literals;
  let message: Message;
  if (first === undefined) message = () => rest;
  else if (second === undefined) message = (values) => head + first(values) + rest;
  else if (params.length === 2) message = (values) => head + first(values) + middle + second(values) + rest;
  else message = (values) => params.reduce((text, param, i) => text + literals[i] + param(values), '') + rest;
  if (code !== 'unknown_key' && code !== 'invalid_enum') return message;
  const [before, after] = split(texts.phrases.suggestion, '{suggestion}');
  const [open, close] = split(texts.phrases.quoted, '{text}');
  return (values) => {
    const { suggestion } = values;
    return suggestion === undefined ? message(values) : message(values) + before + open + suggestion + close + after;
  };
}

/**
 * How a param appears in a message. Indexes count from 0 in an issue and from 1 in a message. Each param is read at a
 * place of its own: a read by a computed name takes three times as long.
 */
function compileParam(code: string, name: string, texts: IssueTexts): Message {
  const { phrases, fields, trackerTypes, expectedTypes, actualTypes, characters } = texts;
  const [open, close] = split(phrases.quoted, '{text}');
  switch (name) {
    case 'character':
      return ({ character }) => {
        const unit = character.charCodeAt(0);
        if (unit > 0x20 && unit < 0x7f) return open + character[0] + close;
        return unit === 0x20 ? characters.space : describeCharacter(character, characters, open, close);
      };
    case 'sequence':
      return ({ sequence }) => open + sequence + close;
    case 'index':
      return ({ index }) => number(index + 1);
    case 'first':
      return ({ first }) => number(first + 1);
    case 'min':
      return ({ min }) => number(min);
    case 'max':
      return ({ max }) => number(max);
    case 'allowed':
      return joined((params) => params.allowed, phrases.comma, phrases.or);
    case 'reserved':
      return joined((params) => params.reserved, phrases.comma, phrases.and);
    case 'field':
      return ({ field }) => own(fields, field) ?? brief(field);
    case 'trackerType':
      return ({ trackerType }) => own(trackerTypes, trackerType) ?? brief(trackerType);
    case 'expected':
      if (code !== 'invalid_type') return ({ expected }) => brief(expected);
      return ({ expected }) => own(expectedTypes, expected) ?? brief(expected);
    case 'actual':
      if (code !== 'invalid_type' && code !== 'not_object') return ({ actual }) => number(actual);
      return ({ actual, expected }) => {
        if (actual === 'number' && expected === 'integer') return actualTypes.fraction;
        return own(actualTypes, String(actual)) ?? actualTypes.other.replace('{kind}', () => brief(actual));
      };
  }
  // A placeholder that is no param stays as it is written, so that its author sees it.
  return (params) => {
    const value = own(params, name);
    return typeof value === 'number' ? number(value) : value === undefined ? `{${name}}` : brief(value);
  };
}

function own<T>(object: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Cuts a long name: a class may have any name. */
function brief(value: unknown): string {
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Groups the digits of a whole number from 10,000 on: a year or 1095 days stay as they are. */
function number(value: unknown): string {
  const digits = String(value);
  if (!(typeof value === 'number' && value >= 10000 && value < 1e21 && Number.isInteger(value))) return digits;
  let grouped = '';
  let end = digits.length;
  for (; end > 3; end -= 3) grouped = `,${digits.slice(end - 3, end)}${grouped}`;
  return digits.slice(0, end) + grouped;
}

/** Our own issues carry the same frozen list each time, so it is joined once. */
function joined(read: (params: MessageParams) => readonly unknown[], comma: string, last: string): Message {
  let seen: readonly unknown[] | undefined;
  let text = '';
  return (params) => {
    const values = read(params);
    if (values === seen) return text;
    const fresh = list(values, comma, last);
    if (Object.isFrozen(values)) {
      seen = values;
      text = fresh;
    }
    return fresh;
  };
}

function list(values: readonly unknown[], comma: string, last: string): string {
  if (values.length < 2) return values.join('');
  return values.slice(0, -1).join(comma) + last + values[values.length - 1];
}
