// Reads the results that src/wasm/browser writes, and adds the messages of issues.
import { issueCodes, type RuleRow, rules, words } from '../generated/metadata.js';
import { type CompiledTexts, compiledTexts, messageOf } from '../messages/format-issue.js';
import type { Locale } from '../messages/locale.js';
import { decodeUtf8 } from '../wasm/globals.js';
import { growths } from '../wasm/growth.js';
import { engine } from '../wasm/validators.js';
import type { Issue, IssueCode, ServiceCode, Severity } from './issue.js';

// The tags of src/wasm/browser/issues.rs, in the low bits of an integer.
const TAG_BITS = 3;
const TAG = 7;
const COUNT = 0;
const WORD = 1;
const CHARACTER = 2;
const TEXT = 3;

type Params = Readonly<Record<string, unknown>>;

/** What the issues of a rule have in common. A rule has one kind for errors and one for warnings. */
interface IssueKind {
  readonly code: IssueCode;
  readonly rule: string;
  readonly severity: Severity;
  readonly serverCode: ServiceCode | undefined;
  /** Reads the params of an issue that has so many dynamic ones. */
  readonly readParams: (dynamic: number) => Params;
  /** The message, the texts it was compiled from, and the path that it is for if it depends on that. */
  format: ReturnType<typeof messageOf>;
  compiledFrom: CompiledTexts | undefined;
  formatPath: Issue['path'] | undefined;
  /** The last message, the integers its params were read from, and those params if they were repeated: see `isRepeated`. */
  lastMessage: string;
  lastLength: number;
  lastFirst: number;
  lastSecond: number;
  sharedParams: Params | undefined;
}

/** A path of fields, and the longer paths that begin with it. */
interface KnownPath {
  readonly path: readonly string[];
  readonly longer: (KnownPath | undefined)[];
}

/** The length of params whose message is not kept. */
const NOT_KEPT = -1;
const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);
const kinds: (IssueKind | undefined)[] = [];
const emptyPath: KnownPath = { path: NONE, longer: [] };
const float = /* @__PURE__ */ new Float64Array(1);
const halves = /* @__PURE__ */ new Uint32Array(float.buffer);

let wasm: ReturnType<typeof engine.instance> | undefined;
let pointer = 0;
let growthsSeen = 0;
/** The memory of the wasm. */
let memory: Uint32Array = new Uint32Array(0);
let at = 0;

/** Begins to read the results of the last call. Read them all before the next call. */
export function openResults(): void {
  const live = engine.instance();
  if (live !== wasm || growths !== growthsSeen) {
    wasm = live;
    growthsSeen = growths;
    pointer = live.results_pointer() >>> 2;
    memory = new Uint32Array(0);
  }
  // A view is detached when the memory grows.
  if (memory.length === 0) memory = new Uint32Array(live.memory.buffer);
  at = (memory[pointer] ?? 0) >>> 2;
}

/** The next integer of the results. */
export const next = (): number => memory[at++] ?? 0;

/** The next list of issues. */
export function readIssues(locale: Locale | undefined): readonly Issue[] {
  const count = next();
  if (count === 0) return NONE;
  const compiled = compiledTexts(locale);
  const issues = new Array<Issue>(count);
  for (let i = 0; i < count; i++) issues[i] = readIssue(compiled);
  return issues;
}

function readIssue(compiled: CompiledTexts): Issue {
  const head = next();
  const kind = kinds[head & 511] ?? addKind(head & 511);
  const path = readPath((head >>> 9) & 7);
  const from = at;
  let params = kind.readParams(head >>> 12);
  if (kind.compiledFrom !== compiled || (kind.formatPath !== undefined && kind.formatPath !== path)) {
    kind.compiledFrom = compiled;
    kind.formatPath = compiled.codesByPath.has(kind.code) ? path : undefined;
    kind.format = messageOf(compiled, kind.code, kind.rule, path);
    kind.lastLength = NOT_KEPT;
  }
  if (isRepeated(kind, from)) {
    // Frozen before a caller gets it twice.
    params = kind.sharedParams ??= Object.freeze(params);
  } else {
    kind.sharedParams = undefined;
    kind.lastMessage = kind.format === undefined ? kind.code : kind.format(params);
  }
  const message = kind.lastMessage;
  const { code, severity, rule, serverCode } = kind;
  // Two literals: a spread takes several times as long.
  const issue =
    serverCode === undefined
      ? { code, path, message, params, severity, rule }
      : { code, path, message, params, severity, rule, serverCode };
  return issue as Issue;
}

/**
 * Whether the params of the last issue of a rule were read from the same integers as those from `from` on. A file repeats
 * its mistakes, and a form is validated at each key press: then message and params are those of the issue before. That
 * saves a third of the time of five issues, and more than half of the memory of a report of bad lines.
 */
function isRepeated(kind: IssueKind, from: number): boolean {
  const length = at - from;
  const first = length > 0 ? (memory[from] ?? 0) : 0;
  const second = length > 1 ? (memory[from + 1] ?? 0) : 0;
  if (length === kind.lastLength && first === kind.lastFirst && second === kind.lastSecond) return true;
  kind.lastLength = length > 2 ? NOT_KEPT : length;
  kind.lastFirst = first;
  kind.lastSecond = second;
  return false;
}

/** The path of so many steps. A path of only fields is one object for all issues. */
function readPath(length: number): readonly (string | number)[] {
  const from = at;
  let known = emptyPath;
  for (let i = 0; i < length; i++) {
    const step = next();
    if ((step & TAG) !== WORD) {
      at = from;
      return Array.from({ length }, readValue) as (string | number)[];
    }
    const index = step >>> TAG_BITS;
    known = known.longer[index] ??= { path: Object.freeze([...known.path, wordAt(index)]), longer: [] };
  }
  return known.path;
}

/** The kind with this number: the index of the rule, and 256 for warnings. */
function addKind(number: number): IssueKind {
  const [code, rule, params, serverCode] = rules[number & 255] as RuleRow;
  const isWarning = number > 255;
  for (const value of Object.values(params)) Object.freeze(value);
  return (kinds[number] = {
    code: issueCodes[code] as IssueCode,
    rule,
    severity: isWarning ? 'warning' : 'error',
    serverCode: isWarning ? undefined : serverCode,
    readParams: paramsReader(params),
    format: undefined,
    compiledFrom: undefined,
    formatPath: undefined,
    lastMessage: '',
    lastLength: NOT_KEPT,
    lastFirst: 0,
    lastSecond: 0,
    sharedParams: undefined,
  });
}

function paramsReader(params: Params): (dynamic: number) => Params {
  const names = Object.keys(params);
  // An object literal is created several times as fast as an object that gets its properties one by one.
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
  return (dynamic) => {
    const out: Record<string, unknown> = {};
    // The last dynamic param may be missing.
    for (const name of names) {
      if (params[name] !== null) out[name] = params[name];
      else if (dynamic-- > 0) out[name] = readValue();
    }
    return out;
  };
}

const wordAt = (index: number): string => words[index] ?? '';

function readValue(): string | number {
  const value = next();
  switch (value & TAG) {
    case COUNT:
      return value >>> TAG_BITS;
    case WORD:
      return wordAt(value >>> TAG_BITS);
    case CHARACTER:
      return String.fromCodePoint(value >>> TAG_BITS);
    case TEXT:
      return readText();
  }
  halves[0] = next();
  halves[1] = next();
  return float[0] ?? 0;
}

function readText(): string {
  const length = next();
  const text = decodeUtf8(new Uint8Array(memory.buffer, at * 4, length));
  at += (length + 3) >>> 2;
  return text;
}
