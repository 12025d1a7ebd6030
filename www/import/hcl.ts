// Reads the blocks of an HCL file and those of their arguments that are literals.
import { ImportFailure } from './failure.js';

/** A literal, or an expression whose value is not in the text. */
export type HclValue =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'expression' | 'heredoc'; readonly source: string; readonly at: number };

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, HclValue>;
  readonly blocks: readonly HclBlock[];
  readonly at: number;
}

type Body = Pick<HclBlock, 'attributes' | 'blocks'>;

/** Thrown where an expression that cannot be read begins, and caught at its beginning. */
class NoLiteral extends Error {}

const SPACE = /(?:[ \t]|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const SPACE_AND_LINES = /(?:[ \t\r\n]|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /(?:true|false|null)(?![\w.[(-])/y;
const HEREDOC = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[^\n]*\n/uy;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const TEMPLATE = /^[$%]\{/;
const DOUBLED = /^(?:\$\$|%%)\{/;
const MAX_DEPTH = 64;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  file(): Body {
    const body = this.#body();
    if (this.#at < this.#text.length) throw new ImportFailure('hcl.name', this.#at);
    return body;
  }

  get #next(): string {
    return this.#text.charAt(this.#at);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [match = ''] = pattern.exec(this.#text) ?? [];
    this.#at += match.length;
    return match;
  }

  #skip(pattern = SPACE): void {
    this.#match(pattern);
    if (this.#text.startsWith('/*', this.#at)) throw new ImportFailure('hcl.comment', this.#at);
  }

  #body(): Body {
    const attributes = new Map<string, HclValue>();
    const blocks: HclBlock[] = [];
    for (;;) {
      this.#skip(SPACE_AND_LINES);
      const at = this.#at;
      const name = this.#match(NAME);
      if (name === '') return { attributes, blocks };
      this.#skip();
      if (this.#next === '=' && this.#text[this.#at + 1] !== '=') {
        this.#at += 1;
        this.#skip();
        attributes.set(name, this.#argument());
      } else blocks.push(this.#block(name, at));
    }
  }

  #block(type: string, at: number): HclBlock {
    const labels = this.#labels(type);
    const start = this.#at;
    this.#at += 1;
    const body = this.#nested(() => this.#body());
    if (this.#next !== '}')
      throw this.#at < this.#text.length
        ? new ImportFailure('hcl.name', this.#at)
        : new ImportFailure('hcl.bracket', start, '{');
    this.#at += 1;
    return { type, labels, ...body, at };
  }

  #labels(type: string): string[] {
    const labels: string[] = [];
    while (this.#next !== '{') {
      const at = this.#at;
      const label = this.#next === '"' ? this.#labelString(at, type) : this.#match(NAME);
      if (label === '') throw new ImportFailure('hcl.block', at, type);
      labels.push(label);
      this.#skip();
    }
    return labels;
  }

  #labelString(at: number, type: string): string {
    try {
      return this.#string();
    } catch (error) {
      throw error instanceof NoLiteral ? new ImportFailure('hcl.block', at, type) : error;
    }
  }

  /** The value of an argument, which ends with its line. */
  #argument(): HclValue {
    const start = this.#at;
    const heredoc = this.#heredoc(start);
    if (heredoc) return heredoc;
    try {
      const value = this.#literal();
      this.#skip();
      if (this.#at < this.#text.length && !'\r\n}'.includes(this.#next)) throw new NoLiteral();
      return { kind: 'literal', value };
    } catch (error) {
      if (!(error instanceof NoLiteral)) throw error;
    }
    this.#at = start;
    const source = this.#text.slice(start, this.#skipExpression());
    if (source === '') throw new ImportFailure('hcl.value', start);
    return { kind: 'expression', source, at: start };
  }

  #heredoc(start: number): HclValue | undefined {
    HEREDOC.lastIndex = start;
    const [opening, marker] = HEREDOC.exec(this.#text) ?? [];
    if (opening === undefined || marker === undefined) return undefined;
    let at = start + opening.length;
    for (;;) {
      const end = this.#text.indexOf('\n', at);
      const line = this.#text.slice(at, end < 0 ? this.#text.length : end);
      if (line.trim() === marker) {
        this.#at = at + line.length;
        return { kind: 'heredoc', source: opening.trim(), at: start };
      }
      if (end < 0) throw new ImportFailure('hcl.heredoc', start, marker);
      at = end + 1;
    }
  }

  #literal(): unknown {
    if (this.#next === '"') return this.#string();
    if (this.#next === '[') return this.#nested(() => this.#list());
    if (this.#next === '{') return this.#nested(() => this.#object());
    const word = this.#match(WORD);
    if (word !== '') return WORDS[word];
    const number = this.#match(NUMBER);
    if (number === '') throw new NoLiteral();
    return Number(number);
  }

  #nested<Value>(read: () => Value): Value {
    if (this.#depth >= MAX_DEPTH) throw new ImportFailure('json.deep', this.#at);
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip(SPACE_AND_LINES);
      if (this.#next === ']') break;
      items.push(this.#literal());
      this.#skip(SPACE_AND_LINES);
      if (this.#next === ',') this.#at += 1;
      else if (this.#next !== ']') throw new NoLiteral();
    }
    this.#at += 1;
    return items;
  }

  #object(): unknown {
    const fields = new Map<string, unknown>();
    this.#at += 1;
    for (;;) {
      this.#skip(SPACE_AND_LINES);
      if (this.#next === '}') break;
      const key = this.#next === '"' ? this.#string() : this.#match(NAME);
      this.#skip();
      if (key === '' || !'=:'.includes(this.#next) || this.#next === '') throw new NoLiteral();
      this.#at += 1;
      this.#skip();
      fields.set(key, this.#literal());
      this.#skip();
      if (this.#next === ',') this.#at += 1;
      else if (!'\r\n}'.includes(this.#next) || this.#next === '') throw new NoLiteral();
    }
    this.#at += 1;
    return Object.fromEntries(fields);
  }

  /** A string without a template. `$${` and `%%{` are `${` and `%{`. */
  #string(): string {
    const start = this.#at;
    let value = '';
    this.#at += 1;
    while (this.#next !== '"') {
      const ahead = this.#text.slice(this.#at, this.#at + 3);
      if (ahead === '' || this.#next === '\n') throw new ImportFailure('hcl.string', start);
      if (TEMPLATE.test(ahead)) throw new NoLiteral();
      if (this.#next === '\\') {
        value += this.#escape();
        continue;
      }
      const isDoubled = DOUBLED.test(ahead);
      value += isDoubled ? ahead.slice(1) : this.#next;
      this.#at += isDoubled ? 3 : 1;
    }
    this.#at += 1;
    return value;
  }

  #escape(): string {
    const [source = '', letter = '', four, eight] =
      /^\\(?:([nrt"\\])|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(this.#text.slice(this.#at, this.#at + 10)) ?? [];
    const code = Number.parseInt(four ?? eight ?? '', 16);
    if (source === '' || code > 0x10ffff) throw new ImportFailure('json.escape', this.#at);
    this.#at += source.length;
    return ESCAPES[letter] ?? String.fromCodePoint(code);
  }

  /** Skips to the end of the expression's line, past brackets and strings. Returns the end without space and comments. */
  #skipExpression(): number {
    const open: { closing: string; at: number }[] = [];
    let end = this.#at;
    while (this.#at < this.#text.length) {
      this.#skip(open.length > 0 ? SPACE_AND_LINES : SPACE);
      const character = this.#next;
      if (open.length === 0 && (character === '' || '\r\n}'.includes(character))) return end;
      const closing = CLOSING[character];
      if (closing !== undefined) open.push({ closing, at: this.#at });
      else if (character === open.at(-1)?.closing) open.pop();
      else if (')]}'.includes(character) && character !== '')
        throw new ImportFailure('hcl.bracket', this.#at, character);
      if (character === '"') this.#skipString();
      else this.#at += 1;
      end = this.#at;
    }
    const unclosed = open.at(-1);
    if (unclosed) throw new ImportFailure('hcl.bracket', unclosed.at, this.#text[unclosed.at]);
    return end;
  }

  /** A string that may contain templates, which may contain strings. */
  #skipString(): void {
    const start = this.#at;
    this.#at += 1;
    let depth = 0;
    while (depth > 0 || this.#next !== '"') {
      const character = this.#next;
      if (character === '' || (character === '\n' && depth === 0)) throw new ImportFailure('hcl.string', start);
      if (depth > 0 && character === '"') {
        this.#nested(() => this.#skipString());
        continue;
      }
      const ahead = this.#text.slice(this.#at, this.#at + 3);
      const isDoubled = DOUBLED.test(ahead);
      const isTemplate = !isDoubled && TEMPLATE.test(ahead);
      if (isTemplate || (depth > 0 && character === '{')) depth += 1;
      else if (depth > 0 && character === '}') depth -= 1;
      this.#at += isDoubled ? 3 : isTemplate || (character === '\\' && depth === 0) ? 2 : 1;
    }
    this.#at += 1;
  }
}

/** Throws an `ImportFailure` where the text is not HCL. */
export const parseHcl = (text: string): Body => new Reader(text).file();
