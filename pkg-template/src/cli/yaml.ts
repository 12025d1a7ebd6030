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
  type Node,
  Parser,
} from 'yaml';
import type { Offsets } from './positions.js';
import type { Translate } from './texts.js';

/** A request has four levels. */
const MAX_DEPTH = 100;
/** The values that aliases stand for, all together. */
const MAX_ALIASED = 1_000_000;
/** So many errors of a document are reported. */
const MAX_ERRORS = 100;
/** The tags of what JSON has too. Any other would silently become text, or a value that JSON does not have. */
const TAGS = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`);

export interface YamlError {
  readonly reason: string;
  readonly offset: number;
}

export interface YamlDocument {
  readonly value: unknown;
  readonly isList: boolean;
  readonly isEmpty: boolean;
  readonly offsets: Offsets;
  readonly errors: readonly YamlError[];
}

export function readYaml(text: string, t: Translate): YamlDocument[] {
  const parser = new Parser();
  // Without `prettyErrors`, which quotes the source for each error. Keys are compared in `Check`.
  const options = { merge: true, logLevel: 'silent', prettyErrors: false, uniqueKeys: false } as const;
  const composer = new Composer(options);
  const marks = [...text.matchAll(/(?<=\n)\ufeff/g)].map(({ index }) => index);
  const found: YamlDocument[] = [];
  const add = (documents: Iterable<Document.Parsed>) => {
    for (const document of documents) found.push(finish(document, marks, t));
  };
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) add(composer.next(token));
    if (parser.stack.length > MAX_DEPTH) {
      const { offset } = parser;
      const errors = [{ reason: t('yaml.deep', { max: MAX_DEPTH }), offset }];
      return [...found, { value: undefined, isList: false, isEmpty: false, offsets: offset, errors }];
    }
  }
  for (const token of parser.end()) add(composer.next(token));
  add(composer.end());
  return found;
}

/** `marks`: the offsets of byte order marks at the beginning of lines. */
function finish(document: Document.Parsed, marks: readonly number[], t: Translate): YamlDocument {
  const { contents, range } = document;
  const errors: YamlError[] = [];
  let offsets: Offsets = range[0];
  const mark = marks.find((at) => at >= range[0] && at < range[2]);
  const [broken] = document.errors;
  // One mistake of the syntax often leads to several errors of the library.
  if (mark !== undefined) errors.push({ reason: t('json.bom'), offset: mark });
  else if (broken) errors.push({ reason: broken.message, offset: broken.pos[0] });
  else {
    const check = new Check(errors, t);
    for (const { code, message, pos } of document.warnings) {
      if (code === 'TAG_RESOLVE_FAILED') check.refuseTag(message.replace(/^.*: /, ''), pos[0]);
    }
    offsets = check.visit(contents, range[0]).offsets;
    errors.sort((a, b) => a.offset - b.offset).splice(MAX_ERRORS);
  }
  const value = errors.length === 0 ? document.toJS({ maxAliasCount: -1 }) : undefined;
  const isEmpty = errors.length === 0 && (contents === null || (isScalar(contents) && contents.source === ''));
  return { value, isList: isSeq(contents), isEmpty, offsets, errors };
}

/** Visits each value once: finds its offset, its tag, keys that occur twice, and aliases that multiply. */
class Check {
  /** The value that each anchor stands for at this point, and how many values it contains. */
  readonly #anchors = new Map<string, { node: Node; size: number; isComplete: boolean }>();
  #aliased = 0;

  constructor(
    readonly errors: YamlError[],
    readonly t: Translate,
  ) {}

  refuseTag(tag: string, offset: number): void {
    this.errors.push({
      reason: this.t('yaml.tag', { tag: tag.replace('tag:yaml.org,2002:', '!!').slice(0, 100) }),
      offset,
    });
  }

  /** `outer` is the offset of the key, or of what contains the value. */
  visit(node: unknown, outer: number, isField = false): { offsets: Offsets; size: number } {
    const { errors, t } = this;
    const own = offsetOfNode(node) ?? outer;
    const at = isField ? outer : own;
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (!target) errors.push({ reason: t('yaml.anchor', { name: node.source.slice(0, 100) }), offset: own });
      else if (!target.isComplete)
        errors.push({ reason: t('yaml.cycle', { name: node.source.slice(0, 100) }), offset: own });
      // Without the search of the library.
      else {
        node.resolve = (document, context) =>
          Alias.prototype.resolve.call(node, document, context && { ...context, aliasResolveCache: [target.node] });
      }
      const size = target?.size ?? 1;
      if (this.#aliased <= MAX_ALIASED && this.#aliased + size > MAX_ALIASED) {
        errors.push({ reason: t('yaml.aliases', { max: MAX_ALIASED }), offset: own });
      }
      this.#aliased += size;
      return { offsets: at, size };
    }
    const isValue = isScalar(node) || isMap(node) || isSeq(node);
    const { tag = '' } = isValue ? node : {};
    // The library has reported those that it does not know.
    if (tag.startsWith('tag:') && !TAGS.includes(tag)) this.refuseTag(tag, own);
    const anchored = isValue && node.anchor ? { node, size: 1, isComplete: false } : undefined;
    if (anchored?.node.anchor) this.#anchors.set(anchored.node.anchor, anchored);
    let content: Map<string, Offsets> | Offsets[] | undefined;
    let size = 1;
    if (isMap(node)) {
      content = new Map();
      const keys = new Set<unknown>();
      for (const { key, value } of node.items) {
        const keyAt = offsetOfNode(key) ?? at;
        size += this.visit(key, keyAt).size;
        const name = isScalar(key) ? key.value : key;
        if (keys.has(name))
          errors.push({ reason: t('yaml.twice', { key: String(name).slice(0, 100) }), offset: keyAt });
        keys.add(name);
        const field = this.visit(value, keyAt, true);
        size += field.size;
        if (!content.has(String(name))) content.set(String(name), field.offsets);
      }
    } else if (isSeq(node)) {
      content = [];
      for (const item of node.items) {
        // A list of pairs is an ordered map.
        const parts = isPair(item) ? [item.key, item.value] : [item];
        const visited = parts.map((part) => this.visit(part, at));
        for (const part of visited) size += part.size;
        content.push(visited[0]?.offsets ?? at);
      }
    }
    if (anchored) Object.assign(anchored, { size, isComplete: true });
    return { offsets: content ? { at, content } : at, size };
  }
}

function offsetOfNode(node: unknown): number | undefined {
  const isNode = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
  return isNode && node.range ? node.range[0] : undefined;
}
