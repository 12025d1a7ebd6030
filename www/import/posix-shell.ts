// Splits a command line into words, as bash does. What the shell would expand is refused: its value is not in the text.
import { readAnsiC } from './ansi-c.js';
import { Characters, type Command, type Word } from './characters.js';
import { ImportFailure } from './failure.js';

const EXPANSION = /\$(?:[A-Za-z_]\w*|[{(][^})\s]*[})]?|[\d@*#?$!-])|`[^`\n]*`?/y;
const ENDS = /[|&;<>()\n]/;
/** A backslash at the end of a line continues it. */
const CONTINUATION = /\\\r?\n/y;

class Splitter {
  readonly #text: string;
  readonly #words: Word[] = [];
  #at: number;
  #word: { characters: Characters; at: number } | undefined;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  split(): Command {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (this.#matches(CONTINUATION)) continue;
      if (ENDS.test(character)) break;
      if (/[ \t\r]/.test(character)) this.#endWord(1);
      else if (character === '#' && !this.#word) this.#skipComment();
      else this.#part(character);
    }
    this.#endWord(0);
    return { words: this.#words, rest: this.#text.slice(this.#at).trim() };
  }

  #matches(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    this.#at += match?.length ?? 0;
    return match;
  }

  #endWord(skip: number): void {
    if (this.#word) this.#words.push(this.#word);
    this.#word = undefined;
    this.#at += skip;
  }

  #skipComment(): void {
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1;
  }

  #part(character: string): void {
    this.#word ??= { characters: new Characters(), at: this.#at };
    const { characters } = this.#word;
    const next = this.#text[this.#at + 1];
    if (character === "'") this.#single(characters);
    else if (character === '"') this.#double(characters);
    else if (character === '$' && next === "'") {
      const read = readAnsiC(this.#text, this.#at + 2);
      characters.append(read.characters);
      this.#at = read.end;
    } else if (character === '$' && next === '"') this.#at += 1;
    else if (character === '\\' && next !== undefined) {
      characters.add(next, this.#at + 1);
      this.#at += 2;
    } else this.#plain(characters, character);
  }

  #plain(characters: Characters, character: string): void {
    const at = this.#at;
    const expansion = this.#matches(EXPANSION);
    if (expansion !== undefined) throw new ImportFailure('expansion', at, expansion);
    characters.add(character, at);
    this.#at += 1;
  }

  #single(characters: Characters): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new ImportFailure('quote', this.#at);
    for (let at = this.#at + 1; at < end; at += 1) characters.add(this.#text[at] ?? '', at);
    this.#at = end + 1;
  }

  #double(characters: Characters): void {
    const start = this.#at;
    this.#at += 1;
    while (this.#text[this.#at] !== '"') {
      if (this.#at >= this.#text.length) throw new ImportFailure('quote', start);
      const next = this.#text[this.#at + 1];
      if (this.#matches(CONTINUATION)) continue;
      if (this.#text[this.#at] === '\\' && next !== undefined && '$`"\\'.includes(next)) {
        characters.add(next, this.#at + 1);
        this.#at += 2;
      } else this.#plain(characters, this.#text[this.#at] ?? '');
    }
    this.#at += 1;
  }
}

/** The words of the command that begins at `start`, up to an operator or the end of its line. */
export const splitPosix = (text: string, start = 0): Command => new Splitter(text, start).split();
