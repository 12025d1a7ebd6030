// The requests of a JSON or YAML document, and the lines of their fields.
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments, parseDocument } from 'yaml';
import { asError } from './cli-error.js';
import type { Shell } from './command.js';
import { type Input, readText } from './input.js';
import { firstLine } from './input-format.js';
import type { LocatedIssue, Problem } from './problems.js';
import type { Translate } from './texts.js';

type Path = readonly (string | number)[];

export interface Item {
  readonly value: unknown;
  /** Whether the document has a list of requests. */
  readonly inList: boolean;
  /** The line of a field, from 1. */
  locate(path: Path): number | undefined;
}

/** A document has items, or the errors of its syntax. */
export interface Requests {
  readonly items: readonly Item[];
  readonly broken: readonly Problem[];
}

/** Looking up lines in a longer JSON text takes too long. */
const MAX_LOCATED = 8 << 20;

export async function readDocument(input: Input, shell: Shell): Promise<Requests> {
  const text = await readText(input, shell.t);
  return input.format === 'json' ? readJson(text, shell) : readYaml(text, shell.t);
}

function readJson(text: string, shell: Shell): Requests {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { items: [], broken: [jsonSyntaxError(text, shell)] };
  }
  const lines = new LineCounter();
  const locate =
    text.length > MAX_LOCATED
      ? () => undefined
      : locator(parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' }), lines);
  return { items: Array.isArray(value) ? listItems(value, locate) : [{ value, inList: false, locate }], broken: [] };
}

const listItems = (values: readonly unknown[], locate: Item['locate']): Item[] =>
  values.map((value, i) => ({ value, inList: true, locate: (path) => locate([i, ...path]) }));

/** The syntax error that the package finds, at its place in the whole text. */
function jsonSyntaxError(text: string, { core, locale }: Shell): Problem {
  // As one line of NDJSON: between tokens "\r" is white space as "\n" is, and inside a string it is an error as "\n" is.
  const [bad] = core.validateNdjson('createTracker', text.replaceAll('\n', '\r'), { locale }).bad;
  const [found] = bad?.issues ?? [];
  const end = found?.code === 'invalid_json' ? found.params.offset : Buffer.byteLength(text);
  const before = Buffer.from(text).subarray(0, end).toString();
  const lines = before.split('\n');
  const issue = {
    code: 'invalid_json',
    path: [],
    params: { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1, offset: end },
    severity: 'error',
    rule: 'json.syntax',
  } as const;
  return {
    line: lines.length,
    issues: [{ ...issue, message: core.formatIssue(issue, locale) }],
    warnings: [],
  };
}

function readYaml(text: string, t: Translate): Requests {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, logLevel: 'silent' });
  const items: Item[] = [];
  const broken: Problem[] = [];
  // Without any document, the result is not a list.
  for (const document of Array.isArray(documents) ? documents : []) {
    const errors = document.errors.map(({ message, pos }) =>
      yamlSyntaxError(message.replace(/ at line \d+, column \d+:?$/m, ''), lines.linePos(pos[0]).line, t),
    );
    let value: unknown;
    try {
      if (errors.length === 0) value = document.toJS();
    } catch (error) {
      // An alias that is not defined, or aliases that multiply.
      errors.push(yamlSyntaxError(asError(error).message, 1, t));
    }
    const [first] = errors;
    const locate = locator(document, lines);
    if (first) broken.push({ line: first.line, issues: errors, warnings: [] });
    else if (Array.isArray(value) && isSeq(document.contents)) items.push(...listItems(value, locate));
    else if (documents.length === 1 || value !== null) items.push({ value, inList: documents.length > 1, locate });
  }
  return { items, broken };
}

const yamlSyntaxError = (message: string, line: number, t: Translate): LocatedIssue => ({
  code: 'invalid_yaml',
  path: [],
  params: { line },
  severity: 'error',
  rule: 'yaml.syntax',
  message: t('yaml.broken', { reason: firstLine(message) }),
  line,
});

/** Finds the line of a field, or of the nearest value that contains it. */
function locator(document: Document, lines: LineCounter): Item['locate'] {
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const part = path.slice(0, length);
      const parent = length > 0 ? document.getIn(part.slice(0, -1), true) : undefined;
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(part.at(-1)))
        : undefined;
      const node = isNode(pair?.key) && pair.key.range ? pair.key : document.getIn(part, true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
}
