// Splits a command line into words, as cmd.exe and then the C runtime of Windows do.
import { Characters, type Command, type Word } from './characters.js';
import { ImportFailure } from './failure.js';

/** Whether the text escapes characters or continues lines with carets, as "Copy as cURL (cmd)" writes it. */
export const isCmd = (text: string): boolean => /\^"|\s\^\r?\n/.test(text.replace(/'[^']*'/g, ''));

/** cmd.exe: removes the carets, and ends the command at an operator or at the end of its line. */
function removeCarets(text: string, start: number): { characters: Characters; rest: string } {
  const characters = new Characters();
  let isQuoted = false;
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '^' && !isQuoted) {
      at += 1;
      // A caret before the end of a line continues it, and escapes the first character of the next one.
      if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
      if (text[at] === '\n') at += 1;
      if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
      if (at < text.length) characters.add(text[at] ?? '', at);
    } else if (character === '\n' || (!isQuoted && '|&<>'.includes(character))) break;
    else {
      if (character === '"') isQuoted = !isQuoted;
      if (character !== '\r') characters.add(character, at);
    }
  }
  return { characters, rest: text.slice(at).trim() };
}

/**
 * The C runtime: a quote groups, two quotes in a group are one, and a backslash escapes only before a quote. Browsers
 * double every backslash, so those that they wrote with a caret are halved before any character.
 */
function splitArguments({ text, offsets }: Characters, source: string): Word[] {
  const words: Word[] = [];
  let word: { characters: Characters; at: number } | undefined;
  let quotedFrom: number | undefined;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    const offset = offsets[at] ?? 0;
    if (quotedFrom === undefined && /[ \t]/.test(character)) {
      if (word) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    word ??= { characters: new Characters(), at: offset };
    const [backslashes = ''] = /^\\*/.exec(text.slice(at, at + 256)) ?? [];
    const next = at + backslashes.length;
    if (backslashes !== '' && text[next] === '"') {
      word.characters.add('\\'.repeat(Math.floor(backslashes.length / 2)), offset);
      at = next;
      if (backslashes.length % 2 === 0) continue;
      word.characters.add('"', offset);
    } else if (backslashes !== '') {
      const isDoubled = source[offset - 1] === '^' && backslashes.length % 2 === 0;
      word.characters.add('\\'.repeat(backslashes.length / (isDoubled ? 2 : 1)), offset);
      at = next;
      continue;
    } else if (character === '"' && quotedFrom !== undefined && text[at + 1] === '"') {
      word.characters.add('"', offset);
      at += 1;
    } else if (character === '"') {
      quotedFrom = quotedFrom === undefined ? offset : undefined;
    } else word.characters.add(character, offset);
    at += 1;
  }
  if (quotedFrom !== undefined) throw new ImportFailure('quote', quotedFrom);
  if (word) words.push(word);
  return words;
}

/** The words of the command that begins at `start`. */
export function splitCmd(text: string, start = 0): Command {
  const { characters, rest } = removeCarets(text, start);
  return { words: splitArguments(characters, text), rest };
}
