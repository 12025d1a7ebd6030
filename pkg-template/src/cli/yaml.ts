// Reads YAML with bounds: the library checks keys for equality in pairs, searches the whole document for each alias, and
// overflows the stack in deep documents.
import {
  Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
} from 'yaml';
import { asError } from './cli-error.js';
import type { Lines } from './lines.js';
import type { Translate } from './texts.js';

/** A request has four levels. */
const MAX_DEPTH = 100;
/** The values that aliases stand for, all together. */
const MAX_ALIASED = 1_000_000;

export interface YamlError {
  readonly reason: string;
  readonly line: number;
}

export interface YamlDocument {
  readonly value: unknown;
  readonly isList: boolean;
  readonly lines: Lines;
  readonly errors: readonly YamlError[];
}

export function readYaml(text: string, t: Translate): YamlDocument[] {
  const counter = new LineCounter();
  const parser = new Parser(counter.addNewLine);
  // Without `prettyErrors`, which quotes the source for each error. Keys are compared in `Check`.
  const options = { merge: true, logLevel: 'silent', prettyErrors: false, uniqueKeys: false } as const;
  const composer = new Composer(options);
  const found: YamlDocument[] = [];
  const add = (documents: Iterable<Document.Parsed>) => {
    for (const document of documents) found.push(finish(document, counter, t));
  };
  counter.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) add(composer.next(token));
    if (parser.stack.length > MAX_DEPTH) {
      const { line } = counter.linePos(parser.offset);
      const errors = [{ reason: t('yaml.deep', { max: MAX_DEPTH }), line }];
      return [...found, { value: undefined, isList: false, lines: line, errors }];
    }
  }
  for (const token of parser.end()) add(composer.next(token));
  add(composer.end());
  return found;
}

function finish(document: Document.Parsed, counter: LineCounter, t: Translate): YamlDocument {
  const errors = document.errors.map(({ message, pos }) => ({ reason: message, line: counter.linePos(pos[0]).line }));
  const check = new Check(counter, errors, t);
  const { lines } = check.visit(document.contents, 1);
  let value: unknown;
  try {
    if (errors.length === 0) value = document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    // An alias that is not defined.
    errors.push({ reason: asError(error).message, line: 1 });
  }
  return { value, isList: isSeq(document.contents), lines, errors };
}

/** Visits each value once: finds its line, keys that occur twice, and aliases that multiply. */
class Check {
  /** The value that each anchor stands for at this point, and how many values it contains. */
  readonly #anchors = new Map<string, { node: Node; size: number }>();
  #aliased = 0;

  constructor(
    readonly counter: LineCounter,
    readonly errors: YamlError[],
    readonly t: Translate,
  ) {}

  /** `line` is that of the key, or of what contains the value. */
  visit(node: unknown, line: number, isField = false): { lines: Lines; size: number } {
    const { counter, errors, t } = this;
    const at = isField ? line : (lineOfNode(node, counter) ?? line);
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      // Without the search of the library.
      if (target) {
        node.resolve = (document, context) =>
          Alias.prototype.resolve.call(node, document, context && { ...context, aliasResolveCache: [target.node] });
      }
      const size = target?.size ?? 1;
      if (this.#aliased <= MAX_ALIASED && this.#aliased + size > MAX_ALIASED) {
        errors.push({ reason: t('yaml.aliases', { max: MAX_ALIASED }), line: at });
      }
      this.#aliased += size;
      return { lines: at, size };
    }
    const anchored = (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor ? { node, size: 1 } : undefined;
    if (anchored?.node.anchor) this.#anchors.set(anchored.node.anchor, anchored);
    let content: Map<string, Lines> | Lines[] | undefined;
    let size = 1;
    if (isMap(node)) {
      content = new Map();
      const keys = new Set<unknown>();
      for (const { key, value } of node.items) {
        const keyLine = lineOfNode(key, counter) ?? at;
        size += this.visit(key, keyLine).size;
        const name = isScalar(key) ? key.value : key;
        if (keys.has(name))
          errors.push({ reason: t('yaml.twice', { key: String(name).slice(0, 100) }), line: keyLine });
        keys.add(name);
        const field = this.visit(value, keyLine, true);
        size += field.size;
        if (!content.has(String(name))) content.set(String(name), field.lines);
      }
    } else if (isSeq(node)) {
      content = [];
      for (const item of node.items) {
        // A list of pairs is an ordered map.
        const parts = isPair(item) ? [item.key, item.value] : [item];
        const visited = parts.map((part) => this.visit(part, at));
        for (const part of visited) size += part.size;
        content.push(visited[0]?.lines ?? at);
      }
    }
    if (anchored) anchored.size = size;
    return { lines: content ? { line: at, content } : at, size };
  }
}

function lineOfNode(node: unknown, counter: LineCounter): number | undefined {
  const isNode = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
  return isNode && node.range ? counter.linePos(node.range[0]).line : undefined;
}
