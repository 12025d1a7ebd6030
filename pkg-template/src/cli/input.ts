// Requests from a file or from standard input: NDJSON, JSON or YAML.
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { EXIT, Failure } from './failure.js';

const CHUNK = 1 << 19;
/** What is parsed whole is not larger than this. */
const MAX_WHOLE = 256 << 20;
/** Above this, looking up the line of each issue in JSON takes too long. */
const MAX_LOCATED = 8 << 20;
const BY_EXTENSION = { '.ndjson': 'ndjson', '.jsonl': 'ndjson', '.json': 'json', '.yaml': 'yaml', '.yml': 'yaml' };
export const FORMATS = ['ndjson', 'json', 'yaml'];

/**
 * @returns {Promise<{ name: string, format: string, isOneText: boolean, chunks: AsyncIterable<Uint8Array> }>}
 * `isOneText`: it begins as one JSON text does, whatever its format is said to be.
 */
export async function openInput(path, format, t) {
  const source = path === '-' ? process.stdin : await openFile(path, t);
  const name = path === '-' ? '<stdin>' : path;
  const iterator = guarded(source, name, t)[Symbol.asyncIterator]();
  const head = [];
  // The first line tells.
  let length = 0;
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) break;
    head.push(value);
    length += value.length;
    if (value.includes(10) || length > CHUNK) break;
  }
  const beginning = Buffer.concat(head);
  if (isUtf16(beginning)) {
    await iterator.return?.();
    throw notUtf8(name, t);
  }
  const text = beginning.toString();
  return {
    name,
    format: format ?? BY_EXTENSION[extname(path).toLowerCase()] ?? sniff(text),
    isOneText: isOneText(text),
    chunks: (async function* chunks() {
      try {
        yield* head;
        for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
      } finally {
        await iterator.return?.();
      }
    })(),
  };
}

async function openFile(path, t) {
  try {
    const file = await open(path);
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw Object.assign(new Error(), { code: 'EISDIR' });
    }
    return file.createReadStream({ highWaterMark: CHUNK });
  } catch (error) {
    throw unreadable(path, error, t);
  }
}

async function* guarded(stream, name, t) {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(name, error, t);
  }
}

function unreadable(path, error, t) {
  const reason = { ENOENT: 'file.missing', EISDIR: 'file.directory', EACCES: 'file.denied', EPERM: 'file.denied' }[
    error.code
  ];
  return new Failure(t(reason ?? 'file.unreadable', { path, code: error.code ?? error.message }), EXIT.misuse, {
    code: 'file',
  });
}

const notUtf8 = (name, t) => new Failure(t('file.utf8', { path: name }), EXIT.issues, { code: 'file' });

/** By its mark, or by the zero that every other byte of English text is. */
const isUtf16 = ([a, b]) =>
  b !== undefined && ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a === 0) !== (b === 0));

const withoutBlanks = (text) => text.replace(/^\ufeff?\s+/, '').replace(/^\ufeff/, '');

export function sniff(text) {
  const start = withoutBlanks(text);
  if (start === '') return 'ndjson';
  if (start[0] === '{') {
    if (isJson(firstLine(start))) return 'ndjson';
    // An object over several lines, or a first line that is broken: the second line of NDJSON begins anew.
    return /\n\s*\{"/.test(start) ? 'ndjson' : 'json';
  }
  if (start[0] === '[') return 'json';
  return 'yaml';
}

/** Whether lines are no requests because together they are one JSON text: a list, or an object over several lines. */
export function isOneText(text) {
  const start = withoutBlanks(text);
  if (sniff(start) !== 'json') return false;
  const first = firstLine(start);
  if (isJson(first)) return start.trim() === first.trim();
  return start[0] === '[' || /[{[,]\s*$/.test(first);
}

const firstLine = (text) => text.split('\n', 1)[0];

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export async function readWhole({ chunks, name }, t) {
  const parts = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_WHOLE) {
      throw new Failure(t('file.large', { path: name, max: MAX_WHOLE >> 20 }), EXIT.misuse, { code: 'file' });
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

const fatal = () => new TextDecoder('utf-8', { fatal: true });

/**
 * What a text of JSON or YAML holds: one request, or a list of them.
 * @returns {Promise<{ items: { value: unknown, inList: boolean, locate(path): number | undefined }[], broken: object[] }>}
 */
export async function readDocument(bytes, { format, name }, core, locale, t) {
  let text;
  try {
    text = fatal().decode(bytes);
  } catch {
    throw notUtf8(name, t);
  }
  if (format === 'json') return readJson(text, core, locale);
  return readYaml(text, t);
}

async function readJson(text, core, locale) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return { items: [], broken: [jsonFault(text, core, locale)] };
  }
  let located;
  const locate = async (path) => {
    if (text.length > MAX_LOCATED) return undefined;
    located ??= await positions(text);
    return located(path);
  };
  const inList = Array.isArray(value);
  return {
    items: (inList ? value : [value]).map((item, i) => ({
      value: item,
      inList,
      locate: (path) => locate(inList ? [i, ...path] : path),
    })),
    broken: [],
  };
}

/** The validator's own finding, with the line of the whole text. */
function jsonFault(text, core, locale) {
  // A line break inside a text is a fault that a space would hide.
  const flat = text.replace(/[\r\n]/g, ' ');
  const [issue] = core.validateNdjson('createTracker', flat, { locale }).bad[0]?.issues ?? [];
  let offset =
    issue?.code === 'invalid_json' ? Buffer.from(flat).subarray(0, issue.params.offset).toString().length : text.length;
  const inString = /"(?:[^"\\\r\n]|\\.)*[\r\n]/.exec(text.slice(0, offset === text.length ? undefined : offset));
  if (offset === text.length && inString) offset = inString.index + inString[0].length - 1;
  const lines = text.slice(0, offset).split('\n');
  const params = {
    line: lines.length,
    column: [...lines.at(-1)].length + 1,
    offset: Buffer.byteLength(text.slice(0, offset)),
  };
  const fault = { code: 'invalid_json', path: [], params, severity: 'error', rule: 'json.syntax' };
  return {
    line: params.line,
    issues: [{ ...fault, message: core.formatIssue({ ...fault, message: '' }, locale) }],
    warnings: [],
  };
}

async function positions(text) {
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, logLevel: 'silent' });
  return (path) => lineOf(document, lineCounter, path);
}

/** The line of a field, or of the nearest there is around it. */
function lineOf(document, lineCounter, path) {
  for (let length = path.length; length >= 0; length -= 1) {
    const part = path.slice(0, length);
    const map = length > 0 ? document.getIn(part.slice(0, -1), true) : undefined;
    const key = map?.items?.find(
      (pair) => pair?.key && String(pair.key.value ?? pair.key) === String(part.at(-1)),
    )?.key;
    const node = key?.range ? key : document.getIn(part, true);
    if (node?.range) return lineCounter.linePos(node.range[0]).line;
  }
  return undefined;
}

async function readYaml(text, t) {
  const { LineCounter, isSeq, parseAllDocuments } = await import('yaml');
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, merge: true, logLevel: 'silent' });
  const items = [];
  const broken = [];
  // A document is one request that is not valid, however many faults its text has.
  const fault = (faults) =>
    broken.push({
      line: faults[0].line,
      issues: faults.map(({ line, reason }) => ({
        code: 'invalid_yaml',
        path: [],
        params: { line },
        severity: 'error',
        rule: 'yaml.syntax',
        message: t('yaml.broken', { reason }),
        line,
      })),
      warnings: [],
    });
  if (!Array.isArray(documents)) return { items, broken };
  for (const document of documents) {
    if (document.errors.length > 0) {
      fault(
        document.errors.map(({ message, pos }) => ({
          line: lineCounter.linePos(pos[0]).line,
          reason: firstLine(message).replace(/ at line \d+, column \d+:?$/, ''),
        })),
      );
      continue;
    }
    let value;
    try {
      value = document.toJS();
    } catch (error) {
      // Aliases that multiply, or one of nothing.
      fault([{ line: 1, reason: firstLine(error.message) }]);
      continue;
    }
    if (documents.length > 1 && value === null) continue;
    if (isSeq(document.contents)) {
      value.forEach((item, i) =>
        items.push({ value: item, inList: true, locate: (path) => lineOf(document, lineCounter, [i, ...path]) }),
      );
    } else items.push({ value, inList: documents.length > 1, locate: (path) => lineOf(document, lineCounter, path) });
  }
  return { items, broken };
}
