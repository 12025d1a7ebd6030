// Where the values of a document begin.

/** From 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An offset in the text, for a value without content. A field begins at its key. */
export type Offsets = number | { readonly at: number; readonly content: Map<string, Offsets> | Offsets[] };

/** The offset of a value, or of the nearest value that contains it. */
export function offsetOf(offsets: Offsets, path: readonly (string | number)[]): number {
  let found = offsets;
  for (const step of path) {
    if (typeof found === 'number') break;
    const { content } = found;
    const next = content instanceof Map ? content.get(String(step)) : content[Number(step)];
    if (next === undefined) break;
    found = next;
  }
  return typeof found === 'number' ? found : found.at;
}

/** The lines of a text. */
export class Positions {
  readonly #starts = [0];

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  lineOf(offset: number): number {
    let low = 0;
    for (let high = this.#starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** A column counts characters. */
  of(offset: number): Position {
    const line = this.lineOf(offset);
    const start = this.#starts[line - 1] ?? 0;
    const near = Math.max(start, offset - MAX_COLUMN);
    let column = 1 + near - start;
    for (const _ of this.text.slice(near, offset)) column += 1;
    return { line, column };
  }
}

/** Beyond it, a column counts code units, so that many issues in a long line do not take long. */
const MAX_COLUMN = 1_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** No issue is about anything deeper; such values cost no memory here. */
const MAX_DEPTH = 6;
/** A number, `true`, `false` or `null`. */
const WORD = /[\w.+-]+/y;

interface Open {
  readonly start: number;
  readonly isList: boolean;
  content: Map<string, Offsets> | Offsets[] | undefined;
  /** The key of the next value. */
  key: string | undefined;
  keyStart: number;
}

/** The text must be valid JSON from `from` to `to`. */
export function offsetsOfJson(text: string, from = 0, to: number = text.length): Offsets {
  const stack: Open[] = [];
  let root: Offsets = from;

  function add(value: Offsets) {
    const parent = stack.at(-1);
    if (!parent) root = value;
    else if (parent.isList) {
      parent.content ??= [];
      if (Array.isArray(parent.content)) parent.content.push(value);
    } else if (parent.key !== undefined) {
      parent.content ??= new Map();
      if (!Array.isArray(parent.content)) parent.content.set(parent.key, value);
      parent.key = undefined;
    }
  }

  for (let at = from; at < to; at += 1) {
    const parent = stack.at(-1);
    const startsField = parent && !parent.isList && parent.key === undefined;
    const start = parent?.key === undefined ? at : parent.keyStart;
    const code = text.charCodeAt(at);
    switch (code) {
      case 0x0a:
      case 0x20:
      case 0x09:
      case 0x0d:
      case COMMA:
      case COLON:
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (stack.length === MAX_DEPTH) {
          add(start);
          at = endOfValue(text, at) - 1;
          break;
        }
        stack.push({ start, isList: code === 0x5b, content: undefined, key: undefined, keyStart: 0 });
        break;
      case 0x5d: // ]
      case 0x7d: // }
        stack.pop();
        if (parent) add(parent.content ? { at: parent.start, content: parent.content } : parent.start);
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (startsField) {
          const source = text.slice(at, end);
          parent.key = source.includes('\\') ? String(JSON.parse(source)) : source.slice(1, -1);
          parent.keyStart = at;
        } else add(start);
        at = end - 1;
        break;
      }
      default:
        WORD.lastIndex = at;
        WORD.test(text);
        add(start);
        at = WORD.lastIndex - 1;
    }
  }
  return root;
}

/**
 * The position after the value that begins at `from`, or -1 if it does not end. Only brackets and strings are read, so the
 * value may still be invalid.
 */
export function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (end < 0) return -1;
      if (depth === 0) return end;
      at = end - 1;
    } else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
      if (depth <= 0) return at + 1;
    } else if (depth === 0) {
      WORD.lastIndex = at;
      return WORD.test(text) ? WORD.lastIndex : at + 1;
    }
  }
  return -1;
}

/** The position after the closing quote, or -1 if there is none. */
function endOfString(text: string, start: number): number {
  for (let end = start; ; ) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return -1;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
}
