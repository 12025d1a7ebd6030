// Reads the issues that src/wasm/issues.rs writes, and gives them their message.
import { instance } from './engine.js';
import { compileLocale, textOf } from './messages.js';

const MAX_WORD = 64;
// What stands in the place of a word whose value comes later.
const COUNT = 1;
const NUMBER = 2;
const CHARACTER = 3;
const TEXT = 4;
const WORDS = 5;
const NUMBERS = 6;

const NONE = Object.freeze([]);
// What issues have in common, by their rule: each kind is made but once in an instance.
const kinds = /* @__PURE__ */ new Map();
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
    kinds.clear();
  }
  // A view on memory that has grown since has no length.
  if (u32.length === 0) u32 = new Uint32Array(live.memory.buffer);
  at = address >>> 2;
}

/** The next number of the answer. */
export const next = () => u32[at++];

/** The next list of issues. */
export function readIssues(locale) {
  const count = u32[at++];
  if (count === 0) return NONE;
  const compiled = compileLocale(locale);
  const issues = new Array(count);
  for (let i = 0; i < count; i++) issues[i] = readIssue(compiled);
  return issues;
}

function readIssue(compiled) {
  const kind = readKind();
  let path = kind.steps;
  if (kind.openSteps !== NONE) {
    path = path.slice();
    for (const [place, later] of kind.openSteps) path[place] = readValue(later);
  }
  let params = kind.given;
  if (kind.openParams !== NONE) {
    params = { ...params };
    for (let i = 0; i < kind.openParams.length; i++) set(params, kind.openParams[i].name, readValue(kind.openParams[i].later));
  }
  if (kind.compiled !== compiled) {
    kind.compiled = compiled;
    kind.text = textOf(compiled, kind.code, kind.rule) ?? (() => kind.code);
  }
  const { code, severity, rule, serverCode } = kind;
  const message = kind.text(params);
  return serverCode === '' ? { code, path, message, params, severity, rule } : { code, path, message, params, severity, rule, serverCode };
}

/** A store by a name that is written out costs a fraction of one by a name in a variable. */
function set(params, name, value) {
  switch (name) {
    case 'actual': params.actual = value; break;
    case 'character': params.character = value; break;
    case 'index': params.index = value; break;
    case 'max': params.max = value; break;
    case 'min': params.min = value; break;
    default: params[name] = value;
  }
}

function readKind() {
  const length = u32[at];
  const from = at;
  at += length;
  const rule = u32[from + 2];
  const known = kinds.get(rule);
  for (let kind = known; kind !== undefined; kind = kind.other) if (isKind(kind.words, from)) return kind;
  const kind = learn(from, from + length);
  kind.other = known;
  kinds.set(rule, kind);
  return kind;
}

function isKind(words, from) {
  for (let i = 0; i < words.length; i++) if (words[i] !== u32[from + i]) return false;
  return true;
}

function learn(from, to) {
  const head = u32[from + 1];
  let place = from + 5;
  const steps = [];
  const openSteps = [];
  for (let i = 0; i < head >>> 1; i++) {
    const word = u32[place++];
    if (word < MAX_WORD) openSteps.push([i, word]);
    steps.push(word < MAX_WORD ? undefined : wordOf(word));
  }
  const given = {};
  const openParams = [];
  while (place < to) {
    const name = wordOf(u32[place++]);
    const value = u32[place++];
    if (value === WORDS || value === NUMBERS) {
      const items = Array.from(u32.subarray(place + 1, place + 1 + u32[place]), value === WORDS ? wordOf : (item) => item | 0);
      place += 1 + items.length;
      given[name] = Object.freeze(items);
    } else {
      if (value < MAX_WORD) openParams.push({ name, later: value });
      given[name] = value < MAX_WORD ? undefined : wordOf(value);
    }
  }
  return {
    words: Array.from(u32.subarray(from, to)),
    severity: head & 1 ? 'warning' : 'error',
    rule: wordOf(u32[from + 2]),
    code: wordOf(u32[from + 3]),
    serverCode: wordOf(u32[from + 4]),
    steps: Object.freeze(steps),
    openSteps: openSteps.length > 0 ? openSteps : NONE,
    // A copy of what is frozen is made slowly.
    given: openParams.length > 0 ? given : Object.freeze(given),
    openParams: openParams.length > 0 ? openParams : NONE,
    /** The message as a function of the params, and of which locale it is. */
    text: undefined,
    compiled: undefined,
    other: undefined,
  };
}

/** A word of the crate's. */
function wordOf(word) {
  return decoder.decode(new Uint8Array(u32.buffer, Math.floor(word / MAX_WORD), word % MAX_WORD));
}

function readValue(later) {
  switch (later) {
    case COUNT:
      return u32[at++];
    case CHARACTER:
      return String.fromCodePoint(u32[at++]);
    case NUMBER:
      floatWords[0] = u32[at++];
      floatWords[1] = u32[at++];
      return float[0];
    case TEXT:
      return readText();
  }
}

function readText() {
  const length = u32[at++];
  const text = decoder.decode(new Uint8Array(u32.buffer, at * 4, length));
  at += (length + 3) >>> 2;
  return text;
}
