// The bytes of a file or of standard input.
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { asError, CliError, EXIT } from './cli-error.js';
import { type Format, isOneJsonText, isRecognizable, recognizeFormat } from './input-format.js';
import type { TextKey, Translate } from './texts.js';

export interface Input {
  readonly name: string;
  readonly format: Format;
  /** Neither an option nor the extension of the file has chosen the format. */
  readonly isGuessed: boolean;
  /** It starts as a single JSON text does, whatever `format` is. */
  readonly isOneJsonText: boolean;
  readonly chunks: AsyncIterable<Buffer>;
}

const CHUNK_SIZE = 1 << 19;
/** Lines are validated in pieces of this size, so that a signal does not wait for a whole chunk. */
const PIECE_SIZE = 1 << 16;
const NEWLINE = 10;
/** The largest NDJSON that is read into memory. */
const MAX_IN_MEMORY = 256 << 20;
/** The longest line of NDJSON. */
export const MAX_LINE: number = 64 << 20;
const FORMAT_OF_EXTENSION: Partial<Record<string, Format>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};
const REASONS: Partial<Record<string, TextKey>> = {
  ENOENT: 'file.missing',
  EISDIR: 'file.directory',
  EACCES: 'file.denied',
  EPERM: 'file.denied',
};

/** `path` is `-` for standard input. */
export async function openInput(path: string, format: Format | undefined, t: Translate): Promise<Input> {
  const name = path === '-' ? '<stdin>' : path;
  const chunks = readChunks(path, name, t);
  const known = format ?? FORMAT_OF_EXTENSION[extname(path).toLowerCase()];
  // The first line is often enough to recognize the format.
  const head: Buffer[] = [];
  for (let length = 0; length <= CHUNK_SIZE; ) {
    const { done, value } = await chunks.next();
    if (done) break;
    head.push(value);
    length += value.length;
    if (value.includes(NEWLINE) && (known || isRecognizable(Buffer.concat(head).toString()))) break;
  }
  const start = Buffer.concat(head);
  if (isUtf16(start)) {
    await chunks.return();
    throw notUtf8(name, t);
  }
  const text = start.toString();
  return {
    name,
    format: known ?? recognizeFormat(text),
    isGuessed: known === undefined,
    isOneJsonText: isOneJsonText(text),
    chunks: prepend(head, chunks),
  };
}

async function* readChunks(path: string, name: string, t: Translate): AsyncGenerator<Buffer, void, void> {
  try {
    yield* path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_SIZE });
  } catch (error) {
    const { code, message } = asError(error);
    throw new CliError(t(REASONS[code ?? ''] ?? 'file.unreadable', { path: name, code: code ?? message }), {
      code: 'file',
    });
  }
}

async function* prepend(head: Buffer[], rest: AsyncGenerator<Buffer, void, void>): AsyncGenerator<Buffer> {
  try {
    yield* head;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/** By its byte order mark, or by the zero in every other byte of ASCII text. */
const isUtf16 = ([a, b]: Buffer) =>
  b !== undefined && ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a === 0) !== (b === 0));

const notUtf8 = (path: string, t: Translate) =>
  new CliError(t('file.utf8', { path }), { exit: EXIT.issues, code: 'file' });

/** The same chunks. Throws if there are too many to keep in memory. */
export async function* limitSize({ chunks, name }: Input, t: Translate, max = MAX_IN_MEMORY): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > max) throw new CliError(t('file.large', { path: name, max: max >> 20 }), { code: 'file' });
    yield chunk;
  }
}

export async function readText(input: Input, max: number, t: Translate): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of limitSize(input, t, max)) chunks.push(chunk);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw notUtf8(input.name, t);
  }
}

/**
 * Joins and cuts chunks so that each has only complete lines, and a newline at its end. A chunk is short, or one line.
 * `tooLong` makes the error of a line that is longer than `MAX_LINE`.
 */
export async function* completeLines(
  chunks: AsyncIterable<Buffer>,
  tooLong: () => Error = () => new RangeError(),
): AsyncGenerator<Buffer> {
  let tail: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      const piece = chunk.subarray(start, start + PIECE_SIZE);
      const end = piece.lastIndexOf(NEWLINE) + 1;
      length += end || piece.length;
      if (length > MAX_LINE) throw tooLong();
      if (end > 0) {
        yield Buffer.concat([...tail, piece.subarray(0, end)]);
        tail = [];
        length = 0;
      } else tail.push(piece);
      start += end || piece.length;
    }
  }
  if (tail.length > 0) yield Buffer.concat([...tail, Buffer.of(NEWLINE)]);
}

/** The lines of a chunk of complete lines. */
export function* linesOf(chunk: Buffer): Generator<Buffer> {
  for (let start = 0; start < chunk.length; ) {
    const end = chunk.indexOf(NEWLINE, start);
    yield chunk.subarray(start, end);
    start = end + 1;
  }
}
