// The lines on which the values of a document begin.

/** A number for a value without content. A field begins at its key. */
export type Lines = number | { readonly line: number; readonly content: Map<string, Lines> | Lines[] };

/** The line of a value, or of the nearest value that contains it. */
export function lineOf(lines: Lines, path: readonly (string | number)[]): number {
  let found = lines;
  for (const step of path) {
    if (typeof found === 'number') break;
    const { content } = found;
    const next = content instanceof Map ? content.get(String(step)) : content[Number(step)];
    if (next === undefined) break;
    found = next;
  }
  return typeof found === 'number' ? found : found.line;
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** A number, `true`, `false` or `null`. */
const WORD = /[\w.+-]+/y;

interface Open {
  readonly line: number;
  readonly isList: boolean;
  content: Map<string, Lines> | Lines[] | undefined;
  /** The key of the next value. */
  key: string | undefined;
  keyLine: number;
}

/** `text` must be valid JSON. */
export function linesOfJson(text: string): Lines {
  const stack: Open[] = [];
  let root: Lines = 1;
  let line = 1;

  function add(value: Lines) {
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

  for (let at = 0; at < text.length; at += 1) {
    const parent = stack.at(-1);
    const startsField = parent && !parent.isList && parent.key === undefined;
    const startLine = parent?.key === undefined ? line : parent.keyLine;
    const code = text.charCodeAt(at);
    switch (code) {
      case NEWLINE:
        line += 1;
        break;
      case 0x20:
      case 0x09:
      case 0x0d:
      case COMMA:
      case COLON:
        break;
      case 0x5b: // [
      case 0x7b: // {
        stack.push({ line: startLine, isList: code === 0x5b, content: undefined, key: undefined, keyLine: 0 });
        break;
      case 0x5d: // ]
      case 0x7d: // }
        stack.pop();
        if (parent) add(parent.content ? { line: parent.line, content: parent.content } : parent.line);
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (startsField) {
          const source = text.slice(at, end);
          parent.key = source.includes('\\') ? String(JSON.parse(source)) : source.slice(1, -1);
          parent.keyLine = line;
        } else add(startLine);
        at = end - 1;
        break;
      }
      default:
        WORD.lastIndex = at;
        WORD.test(text);
        add(startLine);
        at = WORD.lastIndex - 1;
    }
  }
  return root;
}

/** The position after the closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = start; ; ) {
    end = text.indexOf('"', end + 1);
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
}
