// Reads the request that a curl command sends.
import { Characters, type Command, type Word } from './characters.js';
import { isCmd, splitCmd } from './cmd-shell.js';
import { longNameOf, takesValue } from './curl-options.js';
import { ImportFailure } from './failure.js';
import { splitPosix } from './posix-shell.js';

export interface CurlRequest {
  readonly body: Characters;
  /** The first URL, an empty text if there is none. */
  readonly url: string;
  readonly method: string;
  /** Names of options and headers, and the rest of the line, that say more than the request. */
  readonly ignored: readonly string[];
}

/** A program before the options, maybe after a prompt. */
const CURL = /^(?:(?:\s*#[^\n]*\n|\s)*)(?:[$>%]\s+)?curl(?:\.exe)?(?=\s|$)/;

export const isCurl = (text: string): boolean => CURL.test(text);

/** An option by its long name, or a URL as the value of `url`. */
interface Option {
  readonly name: string;
  /** As it was written. */
  readonly written: string;
  readonly value: Characters | undefined;
  readonly at: number;
}

const tail = ({ text, offsets }: Characters, from: number): Characters => {
  const rest = new Characters();
  for (let unit = from; unit < text.length; unit += 1) rest.add(text[unit] ?? '', offsets[unit] ?? 0);
  return rest;
};

class OptionReader {
  readonly #words: readonly Word[];
  #next = 0;

  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  read(): Option[] {
    const options: Option[] = [];
    for (let word = this.#take(); word; word = this.#take()) options.push(...this.#optionsOf(word));
    return options;
  }

  #take(): Word | undefined {
    const word = this.#words[this.#next];
    this.#next += 1;
    return word;
  }

  #valueOf(written: string, at: number): Characters {
    const word = this.#take();
    if (!word) throw new ImportFailure('optionValue', at, written);
    return word.characters;
  }

  #optionsOf({ characters, at }: Word): Option[] {
    const { text } = characters;
    if (!text.startsWith('-') || text === '-') return [{ name: 'url', written: text, value: characters, at }];
    if (text.startsWith('--')) {
      const name = text.slice(2);
      const value = takesValue(name) ? this.#valueOf(text, at) : undefined;
      return [{ name, written: text, value, at }];
    }
    return this.#shortOptions(characters, at);
  }

  /** `-sSXPOST`: letters without values, then one whose value may follow directly. */
  #shortOptions(characters: Characters, at: number): Option[] {
    const options: Option[] = [];
    for (let index = 1; index < characters.text.length; index += 1) {
      const letter = characters.text[index] ?? '';
      const name = longNameOf(letter);
      const written = `-${letter}`;
      if (name === undefined) {
        options.push({ name: letter, written, value: undefined, at });
        continue;
      }
      const rest = tail(characters, index + 1);
      options.push({ name, written, value: rest.text === '' ? this.#valueOf(written, at) : rest, at });
      break;
    }
    return options;
  }
}

/** Options that only concern the output, the waiting time, or how the connection is made. */
const HARMLESS = new Set(
  `s S silent show-error f fail fail-with-body v verbose i include k insecure L location compressed http1.1 http2 o output
w write-out m max-time connect-timeout retry retry-delay retry-max-time N no-buffer progress-bar # url request header
no-progress-meter`.split(/\s+/),
);

/** Headers that every request has, or that only the browser or the proxy needs. */
const HARMLESS_HEADER =
  /^(?:accept(?:-.*)?|content-(?:type|length)|host|x-requested-with|connection|origin|referer|user-agent|sec-.*|cache-control|pragma|priority|dnt|te)$/;

const nameOfHeader = (header: string): string => (header.split(/[:;]/, 1)[0] ?? '').trim().toLowerCase();

function ignoredNames(options: readonly Option[]): string[] {
  const names = options.flatMap(({ name, written, value }) => {
    if (name === 'header') {
      const header = nameOfHeader(value?.text ?? '');
      return HARMLESS_HEADER.test(header) ? [] : [header];
    }
    // What identifies a user or a connection is named, but its value is not shown: it may be secret.
    return HARMLESS.has(name) || /^(?:data(?:-.*)?|json)$/.test(name) ? [] : [written];
  });
  return [...new Set(names)];
}

/** Joins the values as curl does: with `&`, or those of `--json` directly. */
function bodyOf(options: readonly Option[]): Characters {
  const body = new Characters();
  let isFirst = true;
  for (const { name, written, value, at } of options) {
    if (name === 'form' || name === 'form-string' || name === 'upload-file' || name === 'data-urlencode')
      throw new ImportFailure('formBody', at, written);
    if (!value || !['data', 'data-ascii', 'data-binary', 'data-raw', 'json'].includes(name)) continue;
    if (value.text.startsWith('@') && name !== 'data-raw') throw new ImportFailure('fileBody', at, value.text);
    if (!isFirst && name !== 'json') body.add('&', value.offsets[0] ?? at);
    body.append(value);
    isFirst = false;
  }
  return body;
}

function split(text: string, start: number): Command {
  return isCmd(text) ? splitCmd(text, start) : splitPosix(text, start);
}

export function readCurl(text: string): CurlRequest {
  const [command = ''] = CURL.exec(text) ?? [];
  const { words, rest } = split(text, command.length);
  const options = new OptionReader(words).read();
  const body = bodyOf(options);
  const request = options.findLast(({ name }) => name === 'request')?.value?.text;
  if (body.text === '') throw new ImportFailure('noBody', command.length);
  const isGet = options.some(({ name }) => name === 'G' || name === 'get');
  return {
    body,
    url: options.find(({ name }) => name === 'url')?.value?.text ?? '',
    method: request ?? (isGet ? 'GET' : 'POST'),
    ignored: [...ignoredNames(options), ...(rest === '' ? [] : [rest.split('\n', 1)[0] ?? ''])],
  };
}
