// Validates a file apart from the page, so that the page stays responsive and can stop it.
import { createNdjsonValidator, en, type Locale, validateNdjson, warmup, zhCN } from 'cts-tracker';
import { formatOf, itemsOf, kindOf, kindOfLine } from './format.js';
import type { Counts, Kind, Message, Request } from './messages.js';

/** A document is read whole. */
const MAX_DOCUMENT_BYTES = 64 * 2 ** 20;
const BEGINNING = 65_536;

/** The part of the global scope that a worker has and the types of a page lack. */
declare const self: {
  postMessage(message: Message): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
};

let file: File | undefined;
/** The items of a document; lines of NDJSON are read again instead. */
let items: readonly unknown[] | undefined;

const send = (message: Message): void => self.postMessage(message);
const localeOf = (language: string): Locale => (language === 'zh-CN' ? zhCN : en);

async function validateLines(source: File, kind: Kind, locale: Locale): Promise<void> {
  const validator = createNdjsonValidator(kind, { locale, warnings: true, keepBad: false });
  const reader = source.stream().getReader();
  let bytes = 0;
  for (let chunk = await reader.read(); chunk.value; chunk = await reader.read()) {
    bytes += chunk.value.length;
    const bad = validator.push(chunk.value);
    send({ type: 'progress', bytes, bad });
  }
  const { lines, valid, invalid, warned, bad } = validator.end();
  send({ type: 'done', counts: { lines, valid, invalid, warned }, bad });
}

async function documentsOf(source: File, format: 'json' | 'yaml'): Promise<unknown[]> {
  const text = (await source.text()).replace(/^\ufeff/, '');
  if (format === 'json') return [JSON.parse(text)];
  const { parseAllDocuments } = await import('yaml');
  const documents = parseAllDocuments(text);
  return [...documents].map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS();
  });
}

/** Validates the items as lines of NDJSON: all of them cross to the wasm at once. */
function validateItems(list: readonly unknown[], kind: Kind, locale: Locale): void {
  const text = list.map((item) => `${JSON.stringify(item ?? null)}\n`).join('');
  const { lines, valid, invalid, warned, bad } = validateNdjson(kind, text, { locale, warnings: true });
  const counts: Counts = { lines, valid, invalid, warned };
  send({ type: 'done', counts, bad });
}

async function validate({ file: source, kind: chosen, language }: Extract<Request, { type: 'validate' }>) {
  file = source;
  items = undefined;
  await warmup();
  const locale = localeOf(language);
  const beginning = await source.slice(0, BEGINNING).text();
  const format = formatOf(source.name, beginning);
  if (format === 'ndjson') {
    const kind = chosen ?? kindOfLine(beginning.trimStart().split('\n', 1)[0] ?? '');
    send({ type: 'started', format, kind });
    return validateLines(source, kind, locale);
  }
  if (source.size > MAX_DOCUMENT_BYTES) return send({ type: 'unreadable', reason: 'too large' });
  const list = itemsOf(await documentsOf(source, format));
  items = list;
  const kind = chosen ?? kindOf(list[0]);
  send({ type: 'started', format, kind });
  return validateItems(list, kind, locale);
}

/** The text of a line, counted from 1. */
async function readLine(source: File, number: number): Promise<string> {
  const reader = source.stream().pipeThrough(new TextDecoderStream()).getReader();
  let line = 1;
  let text = '';
  for (let chunk = await reader.read(); chunk.value !== undefined; chunk = await reader.read()) {
    const lines = chunk.value.split('\n');
    for (const [index, part] of lines.entries()) {
      if (index > 0) {
        if (line === number) return text;
        line += 1;
      }
      if (line === number) text = index === 0 ? text + part : part;
    }
  }
  return text;
}

async function read(number: number): Promise<void> {
  if (items) return send({ type: 'item', number, value: items[number - 1] });
  if (file) send({ type: 'item', number, value: JSON.parse(await readLine(file, number)) });
}

self.onmessage = ({ data }) => {
  const work = data.type === 'validate' ? validate(data) : read(data.number);
  work.catch((error: unknown) => {
    send({ type: 'unreadable', reason: error instanceof Error ? error.message : String(error) });
  });
};
