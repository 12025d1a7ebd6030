// Two requests of a file for one tracker: which of them is meant cannot be known.

const NEWLINE = 10;
const BRACE = 123;
const TYPE = '"tracker_type"';
const NAME = '"tracker_name"';
const VALUE = /\s*:\s*"([\w-]+)"/y;

/** Remembers where each name was first, and tells it of one that comes again. */
export function createNames() {
  const first = new Map();
  return (name, at) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, at);
    return earlier;
  };
}

/**
 * The same for lines that come in chunks. `push` and `end` give the repeats among the lines they completed, save for
 * the lines in `invalid`.
 * @param {(value: unknown) => { tracker_name: string } | undefined} validated
 */
export function createLineRepeats(validated) {
  const names = createNames();
  let kept = [];
  let line = 0;

  function look(bytes, invalid, repeats) {
    line += 1;
    // What is not invalid and no object is blank.
    if (invalid.has(line) || !bytes.includes(BRACE)) return;
    const name = nameOf(bytes, validated);
    const first = name && names(name, line);
    if (first) repeats.push({ line, repeated: { name, first: { line: first } } });
  }

  return {
    push(chunk, invalid) {
      const repeats = [];
      let from = 0;
      for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
        const bytes = chunk.subarray(from, to);
        look(kept.length > 0 ? Buffer.concat([...kept, bytes]) : bytes, invalid, repeats);
        kept = [];
        from = to + 1;
      }
      if (from < chunk.length) kept.push(chunk.subarray(from));
      return repeats;
    },
    end(invalid) {
      const repeats = [];
      if (kept.length > 0) look(Buffer.concat(kept), invalid, repeats);
      return repeats;
    },
  };
}

/**
 * The name that a valid line asks for. To parse each line takes longer than to judge it, so the name is read where it
 * stands, if nothing else can be meant: no escape in the line, and the key in it once.
 */
export function nameOf(bytes, validated) {
  // A byte a character, so that places in one are places in the other.
  const text = bytes.latin1Slice();
  if (!text.includes('\\')) {
    const type = valueOf(text, TYPE, bytes);
    // The name of a management tracker may be left out.
    if (type === 'system') return type;
    const name = type && valueOf(text, NAME, bytes);
    if (name) return name;
  }
  return validated(JSON.parse(bytes.toString().replace(/^\ufeff/, '')))?.tracker_name;
}

function valueOf(text, key, bytes) {
  const at = text.indexOf(key);
  if (at < 0 || text.includes(key, at + 1)) return undefined;
  VALUE.lastIndex = at + key.length;
  const length = VALUE.exec(text)?.[1].length;
  // A part of the text would keep all of it in memory.
  return length && bytes.latin1Slice(VALUE.lastIndex - 1 - length, VALUE.lastIndex - 1);
}
