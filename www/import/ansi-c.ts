// The quoting $'…' of bash.
import { Characters } from './characters.js';
import { ImportFailure } from './failure.js';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const HEX = /\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|([0-7]{1,3})|c([\s\S]))/y;

/** Bytes that an escape like `\xe4` gives; several of them make a character of UTF-8. */
class Bytes {
  #bytes: number[] = [];
  #at = 0;

  add(byte: number, at: number): void {
    if (this.#bytes.length === 0) this.#at = at;
    this.#bytes.push(byte);
  }

  flush(into: Characters): void {
    if (this.#bytes.length === 0) return;
    into.add(decode(Uint8Array.from(this.#bytes)), this.#at);
    this.#bytes = [];
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Firefox writes \xe9 for é.
    return String.fromCharCode(...bytes);
  }
}

/** Reads from the character after the opening quote. Returns the text and the offset after the closing quote. */
export function readAnsiC(text: string, start: number): { characters: Characters; end: number } {
  const characters = new Characters();
  const bytes = new Bytes();
  let at = start;
  while (text[at] !== "'") {
    if (at >= text.length) throw new ImportFailure('quote', start - 2);
    HEX.lastIndex = at;
    const [source = '', hex, four, eight, octal, control] = HEX.exec(text) ?? [];
    const byte = hex !== undefined ? Number.parseInt(hex, 16) : octal && Number.parseInt(octal, 8) & 0xff;
    if (typeof byte === 'number') {
      bytes.add(byte, at);
      at += source.length;
      continue;
    }
    bytes.flush(characters);
    if (source !== '') {
      const code = Number.parseInt(four ?? eight ?? '', 16);
      if (control !== undefined) characters.add(String.fromCharCode(control.charCodeAt(0) & 0x1f), at);
      else if (code <= 0x10ffff) characters.add(String.fromCodePoint(code), at);
      at += source.length;
    } else if (text[at] === '\\' && at + 1 < text.length) {
      const letter = text[at + 1] ?? '';
      const known = SIMPLE[letter] ?? ('\\\'"?'.includes(letter) ? letter : `\\${letter}`);
      characters.add(known, at);
      at += 2;
    } else {
      characters.add(text[at] ?? '', at);
      at += 1;
    }
  }
  bytes.flush(characters);
  return { characters, end: at + 1 };
}
