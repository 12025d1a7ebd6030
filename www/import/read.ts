// Reads requests from a text: JSON, a curl command, or Terraform.
import { isTracker, requestOfTracker } from './answer.js';
import { isCurl, readCurl } from './curl.js';
import { ImportFailure } from './failure.js';
import { type ParsedJson, parseJson } from './json.js';
import { type ImportedRequest, isObject, type Note, note } from './request.js';
import { readTerraform } from './terraform.js';

/** A request has less than 2 kB. */
const MAX_LENGTH = 2 ** 20;

const isJson = (text: string): boolean => /^\s*[[{"]/.test(text);
/** A block or an argument, maybe after comments. */
const isTerraform = (text: string): boolean =>
  /^\s*(?:(?:#|\/\/)[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*[\p{L}_][\p{L}\p{N}_-]*\s*(?:"|\{|=)/u.test(text);

function requestOf(value: unknown, at: number): ImportedRequest {
  if (isTracker(value)) return requestOfTracker(value);
  if (!isObject(value)) throw new ImportFailure('notRequest', at);
  return { name: String(value.tracker_name ?? ''), request: value, notes: [] };
}

/** One request, a list of them, or the answer of a lookup. */
function requestsOf({ value, repeated }: ParsedJson, at: number): ImportedRequest[] {
  const list = isObject(value) && Array.isArray(value.trackers) ? value.trackers : value;
  const items = Array.isArray(list) ? list : [list];
  if (items.length === 0) throw new ImportFailure('noTracker', at);
  const notes = repeated.map((path) => note('repeated', path));
  return items.map((item) => {
    const imported = requestOf(item, at);
    return { ...imported, notes: [...notes, ...imported.notes] };
  });
}

/** The JSON of another text. `offsets` says where it is there. */
function parseInner(json: string, offsets: readonly number[], end: number): ParsedJson {
  try {
    return parseJson(json);
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    throw new ImportFailure(error.reason, offsets[error.at] ?? end, error.detail);
  }
}

function requestsOfCurl(text: string): ImportedRequest[] {
  const { body, url, method, ignored } = readCurl(text);
  const end = (body.offsets.at(-1) ?? 0) + 1;
  const requests = requestsOf(parseInner(body.text, body.offsets, end), body.offsets[0] ?? 0);
  const notes: Note[] = ignored.map((name) => note('command', name));
  if (method !== 'POST') notes.push(note('method', method));
  const projectId = /\/v3\/([^/?#]+)\/tracker(?:[?#]|$)/.exec(url)?.[1];
  const region = /^https?:\/\/cts\.([a-z]+-[a-z]+-\d+)\./.exec(url)?.[1];
  return requests.map((each) => ({ ...each, notes: [...notes, ...each.notes], projectId, region }));
}

/** Throws an `ImportFailure` if the text cannot be read. */
export function readImport(text: string): readonly ImportedRequest[] {
  if (text.trim() === '') throw new ImportFailure('empty', 0);
  if (text.length > MAX_LENGTH) throw new ImportFailure('tooLarge', 0);
  // A byte order mark must not shift the offsets.
  const source = text.replace(/^\ufeff/, ' ');
  if (isJson(source)) return requestsOf(parseJson(source), source.search(/\S/));
  if (isCurl(source)) return requestsOfCurl(source);
  if (isTerraform(source)) return readTerraform(source);
  throw new ImportFailure('unknownFormat', source.search(/\S/));
}
