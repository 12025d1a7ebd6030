import { describeCharacter } from './describe-character.js';
import type { IssueTexts } from './locale.js';

export type Params = Readonly<Record<string, unknown>>;

/** A message as a function of the params. */
export type Message = (params: Params) => string;

/** A param in words. */
type Render = (value: unknown, params: Params) => string;

/** Splitting a template at each use would take longer than the validation of a request. */
export function compileTemplate(template: string, code: string, texts: IssueTexts): Message {
  // Literals and the names of params take turns.
  const [head = '', ...rest] = template.split(/\{(\w+)\}/);
  const parts: { param: Message; literal: string }[] = [];
  for (let i = 0; i < rest.length; i += 2) {
    parts.push({ param: compileParam(rest[i] ?? '', code, texts), literal: rest[i + 1] ?? '' });
  }
  // Only these issues have a suggestion, which no template mentions.
  if (code === 'unknown_key' || code === 'invalid_enum') parts.push({ param: suggestion(texts), literal: '' });
  return (params) => {
    let message = head;
    for (const { param, literal } of parts) message += param(params) + literal;
    return message;
  };
}

function suggestion({ phrases }: IssueTexts): Message {
  const [before, after] = split(phrases.suggestion, '{suggestion}');
  const [open, close] = split(phrases.quoted, '{text}');
  return ({ suggestion }) => (suggestion === undefined ? '' : before + open + suggestion + close + after);
}

/** A placeholder that is not a param stays as it is, so that its author sees it. */
function compileParam(name: string, code: string, texts: IssueTexts): Message {
  const render = renderer(name, code, texts);
  return (params) => {
    const value = params[name];
    return value === undefined ? `{${name}}` : render(value, params);
  };
}

function renderer(name: string, code: string, texts: IssueTexts): Render {
  const { phrases, actualTypes, characters } = texts;
  const [open, close] = split(phrases.quoted, '{text}');
  switch (name) {
    case 'character':
      return (character) => describeCharacter(String(character), characters, open, close);
    case 'sequence':
      return (sequence) => open + sequence + close;
    // Indexes count from 0 in an issue and from 1 in a message.
    case 'index':
    case 'first':
      return (index) => formatNumber(Number(index) + 1);
    case 'allowed':
      return joined(phrases.comma, phrases.or);
    case 'reserved':
      return joined(phrases.comma, phrases.and);
    case 'field':
      return named(texts.fields);
    case 'trackerType':
      return named(texts.trackerTypes);
    case 'expected':
      return code === 'invalid_type' ? named(texts.expectedTypes) : plain;
    case 'actual': {
      if (code !== 'invalid_type' && code !== 'not_object') return plain;
      const other: Render = (actual) => actualTypes.other.replace('{kind}', () => plain(actual));
      const type = named(actualTypes, other);
      return (actual, params) =>
        actual === 'number' && params.expected === 'integer' ? actualTypes.fraction : type(actual, params);
    }
    default:
      return plain;
  }
}

function named(texts: Readonly<Record<string, string>>, otherwise: Render = plain): Render {
  return (value, params) => {
    const name = String(value);
    return (Object.hasOwn(texts, name) ? texts[name] : undefined) ?? otherwise(value, params);
  };
}

/** Cuts a long value: a class may have any name. */
function plain(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value);
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Groups the digits of a whole number from 10,000 on; 1095 days stay as they are. */
function formatNumber(value: number): string {
  const digits = String(value);
  return value >= 10_000 && Number.isSafeInteger(value) ? digits.replace(/\B(?=(?:\d{3})+$)/g, ',') : digits;
}

/** Our own issues carry the same frozen list each time. Joining it once saves a quarter of the time of five issues. */
function joined(comma: string, last: string): Render {
  let seen: unknown;
  let text = '';
  return (value) => {
    if (value === seen) return text;
    const joined = Array.isArray(value) ? join(value, comma, last) : plain(value);
    if (Object.isFrozen(value)) {
      seen = value;
      text = joined;
    }
    return joined;
  };
}

function join(values: readonly unknown[], comma: string, last: string): string {
  if (values.length < 2) return values.join('');
  return values.slice(0, -1).join(comma) + last + values[values.length - 1];
}

function split(text: string, placeholder: string): [string, string] {
  const at = text.indexOf(placeholder);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + placeholder.length)];
}
