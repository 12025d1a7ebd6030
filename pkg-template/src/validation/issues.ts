// Reads the issues that src/wasm/issues.rs writes, and gives them their message.
import { facts } from '../generated/facts.js';
import { compiledTexts, messageOf } from '../messages/format-issue.js';
import { instance } from '../wasm/browser.js';

const MAX_WORD = 64;
// The tags of src/wasm/issues.rs, in the low bits of a word.
const BITS = 3;
const COUNT = 0;
const WORD = 1;
const CHARACTER = 2;
const TEXT = 3;

const NONE = Object.freeze([]);
// What all issues of a finding have in common, warnings apart from errors.
const kinds = [];
// The fields' names, and paths of nothing else, by the words of this instance.
const words = /* @__PURE__ */ new Map();
let paths = { path: NONE, next: undefined };
// A byte order mark that was typed is kept.
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });
const float = /* @__PURE__ */ new Float64Array(1);
const floatWords = /* @__PURE__ */ new Uint32Array(float.buffer);

let wasm;
let u32 = new Uint32Array(0);
let at = 0;

/** Begins to read at an address; everything is read before the next call into the wasm. */
export function open(address) {
  const live = instance();
  if (live !== wasm) {
    wasm = live;
    u32 = new Uint32Array(0);
    words.clear();
    paths = { path: NONE, next: undefined };
  }
  // A view on memory that has grown since has no length.
  if (u32.length === 0) u32 = new Uint32Array(live.memory.buffer);
  at = address >>> 2;
}

/** The next number of the answer. */
export const next = (): number => u32[at++] ?? 0;

/** The next list of issues. */
export function readIssues(locale) {
  const count = u32[at++];
  if (count === 0) return NONE;
  const compiled = compiledTexts(locale);
  const issues = new Array(count);
  for (let i = 0; i < count; i++) issues[i] = readIssue(compiled);
  return issues;
}

function readIssue(compiled) {
  const head = u32[at++];
  const kind = kinds[head & 511] ?? learn(head & 511);
  const path = readPath((head >>> 9) & 7);
  const params = kind.make(head >>> 12);
  if (kind.compiled !== compiled) {
    kind.compiled = compiled;
    kind.text = messageOf(compiled, kind.code, kind.rule) ?? (() => kind.code);
  }
  const { code, severity, rule, serverCode } = kind;
  const message = kind.text(params);
  return serverCode === undefined
    ? { code, path, message, params, severity, rule }
    : { code, path, message, params, severity, rule, serverCode };
}

/** The path of so many steps; one of nothing but fields is made once. */
function readPath(length) {
  const from = at;
  let place = paths;
  for (let i = 0; i < length; i++) {
    const word = u32[at++];
    let next = place.next?.get(word);
    if (next === undefined) {
      if ((word & 7) !== WORD) return freshPath(from, length);
      next = { path: Object.freeze([...place.path, wordOf(word)]), next: undefined };
      (place.next ??= new Map()).set(word, next);
    }
    place = next;
  }
  return place.path;
}

function freshPath(from, length) {
  at = from;
  const path = new Array(length);
  for (let i = 0; i < length; i++) path[i] = readValue();
  return path;
}

function learn(number) {
  const [code, rule, params, serverCode] = facts.findings[number & 255];
  const warning = number > 255;
  for (const value of Object.values(params)) Object.freeze(value);
  return (kinds[number] = {
    code: facts.codes[code],
    rule,
    severity: warning ? 'warning' : 'error',
    serverCode: warning ? undefined : serverCode,
    make: maker(params),
    /** The message as a function of the params, and of which locale it is. */
    text: undefined,
    compiled: undefined,
  });
}

/** What makes the params of an issue of which so many were found. */
function maker(params) {
  const names = Object.keys(params);
  // A literal is made in a fraction of the time.
  const { expected, min, max } = params;
  switch (names.join()) {
    case 'expected,actual':
      return () => ({ expected, actual: readValue() });
    case 'min,actual':
      return () => ({ min, actual: readValue() });
    case 'max,actual':
      return () => ({ max, actual: readValue() });
    case 'character':
      return () => ({ character: readValue() });
    case 'character,index':
      return () => ({ character: readValue(), index: readValue() });
  }
  if (names.every((name) => params[name] !== null)) {
    Object.freeze(params);
    return () => params;
  }
  return (found) => {
    const made = {};
    // The last of those found may be missing.
    for (const name of names)
      if (params[name] !== null) made[name] = params[name];
      else if (found-- > 0) made[name] = readValue();
    return made;
  };
}

/** A word of the crate's. */
function wordOf(tagged) {
  const known = words.get(tagged);
  if (known !== undefined) return known;
  const word = tagged >>> BITS;
  const text = decoder.decode(new Uint8Array(u32.buffer, Math.floor(word / MAX_WORD), word % MAX_WORD));
  words.set(tagged, text);
  return text;
}

function readValue() {
  const word = u32[at++];
  switch (word & 7) {
    case COUNT:
      return word >>> BITS;
    case WORD:
      return wordOf(word);
    case CHARACTER:
      return String.fromCodePoint(word >>> BITS);
    case TEXT:
      return readText();
  }
  floatWords[0] = u32[at++];
  floatWords[1] = u32[at++];
  return float[0];
}

function readText() {
  const length = u32[at++];
  const text = decoder.decode(new Uint8Array(u32.buffer, at * 4, length));
  at += (length + 3) >>> 2;
  return text;
}
