// The requests of a JSON or YAML document, and the positions of their fields.
import type { Shell } from './command.js';
import { type Input, readText } from './input.js';
import { firstLine } from './input-format.js';
import { syntaxMistake } from './json-mistakes.js';
import { endOfValue, type Offsets, offsetOf, offsetsOfJson, type Position, Positions } from './positions.js';
import type { LocatedIssue, Problem } from './problems.js';
import { inOnePiece } from './slices.js';
import type { Translate } from './texts.js';

type Path = readonly (string | number)[];

export interface Item {
  readonly value: unknown;
  /** Whether the document has a list of requests. */
  readonly inList: boolean;
  /** A document of JSON has no columns: most are printed by programs, in one line or one field per line. */
  locate(path: Path): { readonly line: number; readonly column?: number };
}

/** A document has items, or the errors of its syntax. */
export interface Requests {
  readonly items: Iterable<Item>;
  readonly broken: readonly Problem[];
}

const MAX_JSON = 64 << 20;
/** The library needs up to 400 bytes of memory for each byte. */
const MAX_YAML = 4 << 20;

export async function readDocument(input: Input, shell: Shell): Promise<Requests> {
  const { t } = shell;
  const isJson = input.format === 'json';
  const max = isJson ? MAX_JSON : MAX_YAML;
  const text = await readText(input, max, t);
  return isJson ? inOnePiece(() => readJson(text, shell)) : readYaml(text, t);
}

/** One value, or several one after another. */
function readJson(text: string, shell: Shell): Requests {
  const positions = new Positions(text);
  const lineOf = (offset: number) => ({ line: positions.lineOf(offset) });
  let whole: unknown;
  try {
    whole = JSON.parse(text);
    return { items: itemsOf(whole, Array.isArray(whole), offsetsOfJson(text), lineOf), broken: [] };
  } catch {
    // Several values, or an error.
  }
  const values: { value: unknown; from: number; to: number }[] = [];
  for (let from = skipSpace(text, 0); from < text.length || values.length === 0; ) {
    const to = endOfValue(text, from);
    try {
      values.push({ value: JSON.parse(text.slice(from, to < 0 ? undefined : to)), from, to });
    } catch {
      return { items: [], broken: [jsonSyntaxError(text, from, positions, shell)] };
    }
    from = skipSpace(text, to);
  }
  function* items() {
    for (const { value, from, to } of values) {
      yield* itemsOf(value, Array.isArray(value), offsetsOfJson(text, from, to), lineOf, true);
    }
  }
  return { items: items(), broken: [] };
}

const SPACE = /[ \t\r\n]*/y;
function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function* itemsOf(
  value: unknown,
  isList: boolean,
  offsets: Offsets,
  positionOf: (offset: number) => ReturnType<Item['locate']>,
  inList = false,
): Generator<Item> {
  const locate = (path: Path) => positionOf(offsetOf(offsets, path));
  if (!isList || !Array.isArray(value)) yield { value, inList, locate };
  else
    for (const [i, item] of value.entries())
      yield { value: item, inList: true, locate: (path) => locate([i, ...path]) };
}

/** The syntax error that the package finds in the value that begins at `from`, at its place in the whole text. */
function jsonSyntaxError(text: string, from: number, positions: Positions, { core, locale, t }: Shell): Problem {
  const source = text.slice(from);
  // As one line of NDJSON: between tokens "\r" is white space as "\n" is, and inside a string it is an error as "\n" is.
  const [bad] = core.validateNdjson('createTracker', source.replaceAll('\n', '\r'), { locale }).bad;
  const [found] = bad?.issues ?? [];
  let end = found?.code === 'invalid_json' ? found.params.offset : Buffer.byteLength(source);
  // NDJSON may begin with a byte order mark.
  if (source.startsWith('\ufeff')) end = 0;
  const offset = from + Buffer.from(source).subarray(0, end).toString().length;
  const position = positions.of(offset);
  const params = { ...position, offset: Buffer.byteLength(text.slice(0, from)) + end };
  const issue = { code: 'invalid_json', path: [], params, severity: 'error', rule: 'json.syntax' } as const;
  const mistake = syntaxMistake(text.slice(from, offset), text.slice(offset), t);
  const message = [core.formatIssue(issue, locale), mistake].filter(Boolean).join(' ');
  return { line: position.line, issues: [{ ...issue, line: position.line, message }], warnings: [] };
}

async function readYaml(text: string, t: Translate): Promise<Requests> {
  const yaml = await import('./yaml.js');
  const documents = await inOnePiece(() => yaml.readYaml(text, t));
  const positions = new Positions(text);
  const positionOf = (offset: number) => positions.of(offset);
  const broken: Problem[] = [];
  for (const { errors } of documents) {
    const issues = errors.map(({ reason, offset }) => yamlError(reason, positionOf(offset), t));
    if (issues[0]) broken.push({ line: issues[0].line, issues, warnings: [] });
  }
  function* items() {
    for (const { value, isList, isEmpty, offsets, errors } of documents) {
      if (errors.length === 0 && !isEmpty) yield* itemsOf(value, isList, offsets, positionOf, documents.length > 1);
    }
  }
  return { items: items(), broken };
}

const yamlError = (reason: string, position: Position, t: Translate): LocatedIssue => ({
  code: 'invalid_yaml',
  path: [],
  params: position,
  severity: 'error',
  rule: 'yaml.syntax',
  message: t('yaml.broken', { reason: firstLine(reason) }),
  ...position,
});
