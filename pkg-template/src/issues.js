// Reads the issues that src/wasm/issues.rs writes, and gives them their message.
import { instance } from './engine.js';
import { compileLocale, textOf } from './messages.js';
import { NONE } from './read.js';

const WORD = 0;
const NUMBER = 1;
const CHARACTER = 2;
const TEXT = 3;
const WORDS = 4;

const MAX_WORD = 64;
// Words of the crate by where they stand in this instance: each is decoded once.
const words = /* @__PURE__ */ new Map();
const lists = /* @__PURE__ */ new Map();
// What the last issue of each rule had: the next one mostly has the same.
const kinds = /* @__PURE__ */ new Map();
// A byte order mark that was typed is kept.
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });
const float = /* @__PURE__ */ new Float64Array(1);
const floatWords = /* @__PURE__ */ new Uint32Array(float.buffer);

let wasm;
let memory;
let u32;
let at = 0;

/** Begins to read at an address; everything is read before the next call into the wasm. */
export function open(address) {
  const live = instance();
  if (live !== wasm) {
    wasm = live;
    memory = undefined;
    words.clear();
    lists.clear();
    kinds.clear();
  }
  if (memory !== live.memory.buffer) {
    memory = live.memory.buffer;
    u32 = new Uint32Array(memory);
  }
  at = address >>> 2;
}

/** The next number of the answer. */
export const next = () => u32[at++];

/** The next list of issues; `path` is what stands before their own. */
export function readIssues(locale) {
  const count = u32[at++];
  if (count === 0) return NONE;
  const compiled = compileLocale(locale);
  const issues = new Array(count);
  for (let i = 0; i < count; i++) issues[i] = readIssue(compiled);
  return issues;
}

function readIssue(compiled) {
  const head = u32[at++];
  const { code, rule, serverCode, text } = readKind(compiled);
  const path = new Array((head >>> 8) & 255);
  for (let i = 0; i < path.length; i++) path[i] = readValue();
  const params = {};
  for (let i = (head >>> 16) & 255; i > 0; i--) params[readWord()] = readValue();
  const severity = head & 1 ? 'warning' : 'error';
  const message = text === undefined ? code : text(params);
  return serverCode === '' ? { code, path, message, params, severity, rule } : { code, path, message, params, severity, rule, serverCode };
}

function readKind(compiled) {
  const codeKey = u32[at];
  const ruleKey = u32[at + 1];
  const serverKey = u32[at + 2];
  const known = kinds.get(ruleKey);
  if (known !== undefined && known.codeKey === codeKey && known.serverKey === serverKey && known.compiled === compiled) {
    at += 3;
    return known;
  }
  const code = readWord();
  const rule = readWord();
  const serverCode = readWord();
  const kind = { codeKey, serverKey, compiled, code, rule, serverCode, text: textOf(compiled, code, rule) };
  kinds.set(ruleKey, kind);
  return kind;
}

function readWord() {
  const key = u32[at++];
  let word = words.get(key);
  if (word === undefined) {
    word = decoder.decode(new Uint8Array(memory, Math.floor(key / MAX_WORD), key % MAX_WORD));
    words.set(key, word);
  }
  return word;
}

function readValue() {
  switch (u32[at++]) {
    case WORD:
      return readWord();
    case NUMBER:
      floatWords[0] = u32[at++];
      floatWords[1] = u32[at++];
      return float[0];
    case CHARACTER:
      return String.fromCodePoint(u32[at++]);
    case TEXT:
      return readText();
    case WORDS:
      return readList(readWord);
    default:
      return readList(() => u32[at++] | 0);
  }
}

function readText() {
  const length = u32[at++];
  const text = decoder.decode(new Uint8Array(memory, at * 4, length));
  at += (length + 3) >>> 2;
  return text;
}

/** A list of the crate's is one frozen array, whichever issue has it. */
function readList(readItem) {
  const key = u32[at++];
  const count = u32[at++];
  let list = lists.get(key);
  if (list === undefined) {
    list = Object.freeze(Array.from({ length: count }, readItem));
    lists.set(key, list);
  } else at += count;
  return list;
}
