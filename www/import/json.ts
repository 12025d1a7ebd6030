// Reads JSON. `JSON.parse` says where a text is wrong in some browsers only, and hides fields that occur twice.
import { type FailureReason, ImportFailure } from './failure.js';

export interface ParsedJson {
  readonly value: unknown;
  /** The paths of the fields that occur twice in their object. The last one counts. */
  readonly repeated: readonly string[];
}

/** A request has three levels, an answer four. */
const MAX_DEPTH = 64;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What looks like a number or a word, whether it is one or not. */
const WORD = /[\w.+-]+/y;
const HEX4 = /^[\da-fA-F]{4}$/;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

class Reader {
  readonly repeated: string[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value([]);
    if (this.#at < this.#text.length) this.#fail('json.end');
    return value;
  }

  #fail(reason: FailureReason, at = this.#at): never {
    throw new ImportFailure(reason, at);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [match = ''] = pattern.exec(this.#text) ?? [];
    this.#at += match.length;
    return match;
  }

  /** Reads the character if it is next, and the space after it. */
  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    this.#match(SPACE);
    return true;
  }

  #value(path: readonly string[]): unknown {
    if (path.length > MAX_DEPTH) this.#fail('json.deep');
    this.#match(SPACE);
    const value = this.#bareValue(path);
    this.#match(SPACE);
    return value;
  }

  #bareValue(path: readonly string[]): unknown {
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(path);
    if (first === '[') return this.#list(path);
    if (first === '"') return this.#string();
    const start = this.#at;
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) {
      const number = this.#match(NUMBER);
      if (number === '' || this.#match(WORD) !== '') this.#fail('json.number', start);
      return Number(number);
    }
    const word = this.#match(WORD);
    if (!Object.hasOwn(WORDS, word)) this.#fail('json.value', start);
    return WORDS[word];
  }

  #object(path: readonly string[]): unknown {
    const fields = new Map<string, unknown>();
    this.#take('{');
    if (this.#take('}')) return {};
    do {
      if (this.#text[this.#at] === '}') this.#fail('json.trailingComma');
      if (this.#text[this.#at] !== '"') this.#fail('json.key');
      const key = this.#string();
      this.#match(SPACE);
      if (!this.#take(':')) this.#fail('json.colon');
      const own = [...path, key];
      if (fields.has(key)) this.repeated.push(own.join('.'));
      fields.set(key, this.#value(own));
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('json.comma');
    return Object.fromEntries(fields);
  }

  #list(path: readonly string[]): unknown[] {
    const items: unknown[] = [];
    this.#take('[');
    if (this.#take(']')) return items;
    do {
      if (this.#text[this.#at] === ']') this.#fail('json.trailingComma');
      items.push(this.#value([...path, String(items.length)]));
    } while (this.#take(','));
    if (!this.#take(']')) this.#fail('json.comma');
    return items;
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    for (; this.#text[at] !== '"'; at += 1) {
      const code = this.#text.charCodeAt(at);
      // NaN at the end of the text.
      if (!(code >= 0x20)) this.#fail('json.string', Number.isNaN(code) ? start : at);
      if (code === 0x5c) at += this.#escapeLength(at);
    }
    this.#at = at + 1;
    return String(JSON.parse(this.#text.slice(start, this.#at)));
  }

  /** How many characters follow the backslash. */
  #escapeLength(at: number): number {
    const letter = this.#text[at + 1] ?? '';
    if (letter === 'u' && HEX4.test(this.#text.slice(at + 2, at + 6))) return 5;
    if (letter === '' || !'"\\/bfnrt'.includes(letter)) this.#fail('json.escape', at);
    return 1;
  }
}

/** Throws an `ImportFailure` exactly if `JSON.parse` throws, or if the text is nested too deep. */
export function parseJson(text: string): ParsedJson {
  const reader = new Reader(text);
  return { value: reader.document(), repeated: reader.repeated };
}
