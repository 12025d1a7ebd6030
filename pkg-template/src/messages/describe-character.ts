import type { IssueTexts } from './locale.js';

/** Quotes a character. If it is invisible or easily taken for another one, names it with its code point. */
export function describeCharacter(
  text: string,
  characters: IssueTexts['characters'],
  open: string,
  close: string,
): string {
  const code = text.codePointAt(0);
  if (code === undefined) return '';
  const character = String.fromCodePoint(code);
  const quoted = open + character + close;
  if (code > 0x20 && code < 0x7f) return quoted;
  const description = template(code, character, characters);
  // Most need neither, and to look for both takes as long as the rest of the message.
  if (!description.includes('{')) return description;
  return description
    .replace('{codePoint}', () => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`)
    .replace('{quoted}', () => quoted);
}

function template(code: number, character: string, characters: IssueTexts['characters']): string {
  if (code === 0x20) return characters.space;
  if (code === 0x09) return characters.tab;
  if (code === 0x0a || code === 0x0d) return characters.lineBreak;
  if (code === 0xa0) return characters.noBreakSpace;
  if (code === 0x3000) return characters.fullWidthSpace;
  if (code === 0xfeff) return characters.byteOrderMark;
  if (code === 0xfffd || /\p{Cs}/u.test(character)) return characters.broken;
  if (/\p{Cc}/u.test(character)) return characters.control;
  if (/\p{Cf}|\p{DI}|\p{Zl}|\p{Zp}|\u2800/u.test(character)) return characters.invisible;
  if (/\p{Zs}/u.test(character)) return characters.otherSpace;
  if (/\p{M}/u.test(character)) return characters.combining;
  if (/\p{Co}|\p{Cn}/u.test(character)) return characters.unassigned;
  if (code >= 0xff01 && code <= 0xff5e) return characters.fullWidth;
  // A Chinese keyboard types U+3001, U+300A and the like: the reader knows them.
  const isKnown =
    (code >= 0x3001 && code <= 0x303f) ||
    /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|\p{Extended_Pictographic}/u.test(character);
  return isKnown ? '{quoted}' : characters.foreign;
}
