import { issueKeys, serviceKeys } from '../generated/keys.js';
import { issueTexts, serviceTexts } from './catalogues.js';

// A catalogue is compiled once, a text at its first use: code -> rule -> function of the params.
const compiledByLocale = { __proto__: null };
let compiledByCatalogue;

// A host may format issues with rules of its own making: the memory of texts stays bounded.
const MAX_RULES = 64;

/**
 * The compiled form of a locale's name or of a catalogue. A catalogue may leave texts out: those of its `locale`
 * (`en` if it has none) stand in.
 */
export function compileLocale(locale = 'en') {
  if (typeof locale === 'string') return compiledByLocale[locale] ?? compileNamed(locale);
  if (typeof locale !== 'object' || locale === null) throw unknownLocale(locale);
  compiledByCatalogue ??= new WeakMap();
  let compiled = compiledByCatalogue.get(locale);
  if (compiled === undefined) {
    const named = own(locale, 'locale');
    compiled = compile(Object.hasOwn(issueTexts, named) ? named : 'en', locale);
    compiledByCatalogue.set(locale, compiled);
  }
  return compiled;
}

/** The kinds of errors and the service's codes of a locale or a catalogue, in words: `{ errorKinds, serviceCodes }`. */
export function compileService(locale) {
  const compiled = compileLocale(locale);
  return (compiled.service ??= merge(unfold(serviceKeys, serviceTexts[compiled.base]), compiled.over));
}

/** The message of an issue, in a locale (`en`, `zh-CN`) or from a catalogue of the host's. */
export function formatIssue(issue, locale) {
  return formatMessage(compileLocale(locale), issue.code, issue.rule, issue.params) ?? issue.message ?? issue.code;
}

/** The message of a code under a rule; undefined for a code that has no text. */
export function formatMessage(compiled, code, rule, params) {
  return textOf(compiled, code, rule)?.(params);
}

/** The text of a code under a rule, as a function of the params. */
export function textOf(compiled, code, rule) {
  return compiled.texts.get(code)?.get(rule) ?? compileText(compiled, code, rule);
}

/** Kinds whose own advice is stricter than that of a code ("try again later"). */
const STRICT = ['unavailable', 'outcome_unknown'];

/**
 * The message of a failed call: what its kind means, then what the service's code means. The service's own words are
 * not in it: they may repeat what was sent.
 */
export function formatError(kind, { errorCode, status, mayAlreadyExist } = {}, locale) {
  const { errorKinds, serviceCodes } = compileService(locale);
  const { phrases } = compileLocale(locale).catalogue;
  // The proxy and the service answer with a status: without one it was the caller's own function that failed.
  let message = kind === 'auth' && !status ? phrases.noHeaders : (own(errorKinds, kind) ?? kind);
  if (errorCode) {
    const known = serviceCodeKey(errorCode);
    const advice = STRICT.includes(kind) ? undefined : own(serviceCodes, known);
    message +=
      advice === undefined
        ? phrases.unknownCode.replace('{code}', () => errorCode)
        : phrases.knownCode.replace('{code}', known).replace('{advice}', () => advice);
  }
  if (kind === 'outcome_unknown') return status ? message : message + phrases.noAnswer;
  return mayAlreadyExist ? message + phrases.mayExist : message;
}

/** The message of a request that has issues: where the first of them is, what it says, and how many there are besides. */
export function formatInvalid(where, message, more, locale) {
  const { phrases } = compileLocale(locale).catalogue;
  const first = phrases.where.replace('{where}', () => where).replace('{message}', () => message);
  return formatError('validation', undefined, locale) + first + (more > 0 ? phrases.more.replace('{count}', more) : '');
}

/** The spelling of a service code in the catalogues: codes come in any case, and a gateway's as APIG or APIGW. */
export function serviceCodeKey(code) {
  const text = String(code);
  const dot = text.indexOf('.');
  if (dot < 0) return text;
  const origin = text.slice(0, dot).toUpperCase();
  return (origin === 'APIG' ? 'APIGW' : origin) + text.slice(dot);
}

function compileNamed(locale) {
  if (!Object.hasOwn(issueTexts, locale)) throw unknownLocale(locale);
  return (compiledByLocale[locale] = compile(locale));
}

function compile(base, over) {
  return {
    catalogue: merge(unfold(issueKeys, issueTexts[base]), over),
    texts: new Map(),
    service: undefined,
    base,
    over,
  };
}

/** A catalogue as its file has it: keys and texts stand apart in the package (tools/texts.mjs). */
function unfold(keys, texts) {
  const catalogue = {};
  const lines = texts.split('\n');
  let section = catalogue;
  let at = 0;
  let code;
  for (const key of keys.split(' ')) {
    if (key.endsWith('/')) section = catalogue[key.slice(0, -1)] = {};
    else section[key[0] === ':' ? code + key : (code = key)] = lines[at++];
  }
  return catalogue;
}

function unknownLocale(locale) {
  const known = Object.keys(issueTexts)
    .map((name) => `'${name}'`)
    .join(' or ');
  return new TypeError(
    `unknown locale ${typeof locale === 'string' ? `'${locale.slice(0, 40)}'` : `of type ${typeof locale}`}: ` +
      `give ${known}, or a catalogue of messages`,
  );
}

function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

// The host's texts over the base's, one level deep, so that a part of `phrases` can be given as well.
function merge(base, over) {
  const merged = { ...base };
  for (const key of Object.keys(over ?? {})) {
    const value = over[key];
    const nested = typeof value === 'object' && value !== null && typeof merged[key] === 'object';
    merged[key] = nested ? { ...merged[key], ...value } : value;
  }
  return merged;
}

function compileText(compiled, code, rule) {
  const { catalogue, texts } = compiled;
  const subject = typeof rule === 'string' ? rule.split('.', 1)[0] : '';
  const template = own(catalogue, `${code}:${subject}`) ?? own(catalogue, code);
  if (typeof template !== 'string') return undefined;
  const text = compileTemplate(template, code, catalogue);
  let byRule = texts.get(code);
  if (byRule === undefined) texts.set(code, (byRule = new Map()));
  if (byRule.size < MAX_RULES) byRule.set(rule, text);
  return text;
}

function compileTemplate(template, code, catalogue) {
  const literals = [];
  const holes = [];
  let rest = template;
  for (let open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
    const close = rest.indexOf('}', open);
    if (close < 0) break;
    literals.push(rest.slice(0, open));
    holes.push(renderer(code, rest.slice(open + 1, close), catalogue));
    rest = rest.slice(close + 1);
  }
  const [first, second] = holes;
  const [head, middle] = literals;
  let text;
  if (holes.length === 0) text = () => rest;
  else if (holes.length === 1) text = (params) => head + first(params) + rest;
  else if (holes.length === 2) text = (params) => head + first(params) + middle + second(params) + rest;
  else text = (params) => holes.reduce((message, hole, i) => message + literals[i] + hole(params), '') + rest;
  if (code !== 'unknown_key' && code !== 'invalid_enum') return text;
  const [before, after] = split(catalogue.phrases.suggestion, '{suggestion}');
  const [open, close] = split(catalogue.phrases.quoted, '{text}');
  return (params) => {
    const { suggestion } = params;
    return suggestion === undefined ? text(params) : text(params) + before + open + suggestion + close + after;
  };
}

// How a param is put into words. Indexes count from 0 in an issue and from 1 in a text. Each param is read in a place
// of its own: a read by a computed name costs three times as much.
function renderer(code, name, catalogue) {
  const { phrases } = catalogue;
  const [open, close] = split(phrases.quoted, '{text}');
  switch (name) {
    case 'character':
      return ({ character }) => {
        const unit = character.charCodeAt(0);
        if (unit > 0x20 && unit < 0x7f) return open + character[0] + close;
        return unit === 0x20 ? phrases.space : nameUnusual(character, phrases, open, close);
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
      return ({ field }) => own(catalogue.fields, field) ?? brief(field);
    case 'trackerType':
      return ({ trackerType }) => own(catalogue.trackerTypes, trackerType) ?? brief(trackerType);
    case 'expected':
      if (code !== 'invalid_type') return ({ expected }) => brief(expected);
      return ({ expected }) => own(catalogue.expectedTypes, expected) ?? brief(expected);
    case 'actual':
      if (code !== 'invalid_type' && code !== 'not_object') return ({ actual }) => number(actual);
      return ({ actual, expected }) => {
        if (actual === 'number' && expected === 'integer') return catalogue.actualTypes.fraction;
        return own(catalogue.actualTypes, actual) ?? catalogue.actualTypes.other.replace('{kind}', () => brief(actual));
      };
  }
  // A placeholder that is no param stays as it is written: whoever wrote it sees it.
  return (params) => {
    const value = own(params, name);
    return typeof value === 'number' ? number(value) : value === undefined ? `{${name}}` : brief(value);
  };
}

function split(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

// The name of a kind of object is whatever its maker chose: a long one is cut.
function brief(value) {
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function number(value) {
  if (!(value >= 10000 && value < 1e21 && Number.isInteger(value))) return value;
  const digits = String(value);
  let grouped = '';
  let end = digits.length;
  for (; end > 3; end -= 3) grouped = `,${digits.slice(end - 3, end)}${grouped}`;
  return digits.slice(0, end) + grouped;
}

// Our own issues carry the same frozen list each time: it is joined once.
function joined(read, comma, last) {
  let seen;
  let text;
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

function list(values, comma, last) {
  const { length } = values;
  if (length === 0) return '';
  let text = '' + values[0];
  for (let i = 1; i < length - 1; i++) text += comma + values[i];
  return length > 1 ? text + last + values[length - 1] : text;
}

// What can't be seen, or looks like something else, is told by its code point as well.
function nameUnusual(text, phrases, open, close) {
  const code = text.codePointAt(0);
  if (code === undefined) return '';
  const character = String.fromCodePoint(code);
  const codePoint = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const quoted = open + character + close;
  let phrase = phrases.foreign;
  if (code === 0x09) phrase = phrases.tab;
  else if (code === 0x0a || code === 0x0d) phrase = phrases.lineBreak;
  else if (code === 0xa0) phrase = phrases.noBreakSpace;
  else if (code === 0x3000) phrase = phrases.fullWidthSpace;
  else if (code === 0xfeff) phrase = phrases.byteOrderMark;
  else if (code === 0xfffd || /\p{Cs}/u.test(character)) phrase = phrases.broken;
  else if (/\p{Cc}/u.test(character)) phrase = phrases.control;
  else if (/\p{Cf}|\p{DI}|\p{Zl}|\p{Zp}|\u2800/u.test(character)) phrase = phrases.invisible;
  else if (/\p{Zs}/u.test(character)) phrase = phrases.otherSpace;
  else if (/\p{M}/u.test(character)) phrase = phrases.combining;
  else if (/\p{Co}|\p{Cn}/u.test(character)) phrase = phrases.unassigned;
  else if (code >= 0xff01 && code <= 0xff5e) phrase = phrases.fullWidth;
  else if (/\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|\p{Extended_Pictographic}/u.test(character)) return quoted;
  // U+3001, U+300A and the like are what a Chinese keyboard types: nothing to tell but the character.
  else if (code >= 0x3001 && code <= 0x303f) return quoted;
  return phrase.replace('{codePoint}', codePoint).replace('{quoted}', () => quoted);
}
