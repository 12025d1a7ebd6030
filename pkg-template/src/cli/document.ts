// The requests of a JSON or YAML document, and the lines of their fields.
import type { Shell } from './command.js';
import { type Input, readText } from './input.js';
import { firstLine } from './input-format.js';
import { type Lines, lineOf, linesOfJson } from './lines.js';
import type { LocatedIssue, Problem } from './problems.js';
import { inOnePiece } from './slices.js';
import type { Translate } from './texts.js';

type Path = readonly (string | number)[];

export interface Item {
  readonly value: unknown;
  /** Whether the document has a list of requests. */
  readonly inList: boolean;
  /** The line of a field, from 1. */
  locate(path: Path): number;
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

function readJson(text: string, shell: Shell): Requests {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { items: [], broken: [jsonSyntaxError(text, shell)] };
  }
  return { items: itemsOf(value, Array.isArray(value), linesOfJson(text)), broken: [] };
}

function* itemsOf(value: unknown, isList: boolean, lines: Lines, inList = false): Generator<Item> {
  if (!isList || !Array.isArray(value)) yield { value, inList, locate: (path) => lineOf(lines, path) };
  else {
    for (const [i, item] of value.entries()) {
      yield { value: item, inList: true, locate: (path) => lineOf(lines, [i, ...path]) };
    }
  }
}

/** The syntax error that the package finds, at its place in the whole text. */
function jsonSyntaxError(text: string, { core, locale }: Shell): Problem {
  // As one line of NDJSON: between tokens "\r" is white space as "\n" is, and inside a string it is an error as "\n" is.
  const [bad] = core.validateNdjson('createTracker', text.replaceAll('\n', '\r'), { locale }).bad;
  const [found] = bad?.issues ?? [];
  const end = found?.code === 'invalid_json' ? found.params.offset : Buffer.byteLength(text);
  const before = Buffer.from(text).subarray(0, end).toString();
  const start = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1;
  let column = 1;
  for (const _ of before.slice(start)) column += 1;
  const issue = {
    code: 'invalid_json',
    path: [],
    params: { line, column, offset: end },
    severity: 'error',
    rule: 'json.syntax',
  } as const;
  return { line, issues: [{ ...issue, message: core.formatIssue(issue, locale) }], warnings: [] };
}

async function readYaml(text: string, t: Translate): Promise<Requests> {
  const yaml = await import('./yaml.js');
  const documents = await inOnePiece(() => yaml.readYaml(text, t));
  const broken: Problem[] = [];
  for (const { errors } of documents) {
    const [first] = errors;
    if (first) {
      broken.push({ line: first.line, issues: errors.map((error) => yamlSyntaxError(error, t)), warnings: [] });
    }
  }
  function* items() {
    for (const { value, isList, lines, errors } of documents) {
      const isEmpty = value === null && documents.length > 1;
      if (errors.length === 0 && !isEmpty) yield* itemsOf(value, isList, lines, documents.length > 1);
    }
  }
  return { items: items(), broken };
}

const yamlSyntaxError = ({ reason, line }: { reason: string; line: number }, t: Translate): LocatedIssue => ({
  code: 'invalid_yaml',
  path: [],
  params: { line },
  severity: 'error',
  rule: 'yaml.syntax',
  message: t('yaml.broken', { reason: firstLine(reason) }),
  line,
});
