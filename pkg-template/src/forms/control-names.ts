import { parsePath } from '../validation/paths.js';

/** A path of at least two steps in dot or bracket spelling, or `name[]`, which is common for lists. */
const PATH = /^\w+(\.\w+|\[\w*\])+$/;
const INDEX = /^\d{1,7}$/;

/** An object or an array. */
type Level = Record<string, unknown>;

/**
 * The nested values of a form: of a `FormData`, of a `URLSearchParams`, or of an object whose keys are the names of
 * controls, such as `obs_info.bucket_name` or `data_event[]`. Other values are returned as they are. It throws what reading
 * the values throws.
 */
export function nestedValues(values: unknown): unknown {
  const entries = entriesOf(values);
  if (entries === undefined) return isOpaque(values) ? { [Symbol.toStringTag]: values.constructor?.name } : values;
  const named = new Map<string, unknown>();
  // Controls with the same name are a list.
  for (const [name, value] of entries) named.set(name, named.has(name) ? [named.get(name), value].flat() : value);
  const root = newGroup();
  const levels = new Set<unknown>([root]);
  for (const [name, value] of named) put(root, name, value, levels);
  return root;
}

/** The steps of the name of a control: `obs_info.bucket_name`, `data_bucket[data_event][]`. */
export const stepsOf = (name: string): readonly string[] => (PATH.test(name) ? parsePath(name).map(String) : [name]);

const tagOf = (value: unknown): string => Object.prototype.toString.call(value);

/** Some hosts have them without their tags (happy-dom, workerd). */
export function isForm(values: unknown): values is FormData | URLSearchParams {
  if (/^\[object (FormData|URLSearchParams)\]$/.test(tagOf(values))) return true;
  const { getAll, append, [Symbol.iterator]: iterate } = Object(values);
  return [getAll, append, iterate].every((method) => typeof method === 'function');
}

/** An instance of a class that shows no properties, such as the form element of a host: its values would be lost. */
function isOpaque(values: unknown): values is object {
  if (tagOf(values) !== '[object Object]' || Object.keys(Object(values)).length > 0) return false;
  const prototype = Object.getPrototypeOf(values);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

function entriesOf(values: unknown): Iterable<[string, unknown]> | undefined {
  if (isForm(values)) return values as Iterable<[string, unknown]>;
  const isNamed = tagOf(values) === '[object Object]' && Object.keys(Object(values)).some((name) => PATH.test(name));
  return isNamed ? Object.entries(Object(values)) : undefined;
}

/** Without a prototype, so that a name such as `constructor` is like any other. */
function newGroup(): Level {
  return Object.create(null);
}

/** `levels` are the groups and lists made here, as opposed to values of the form. */
function put(root: Level, name: string, value: unknown, levels: Set<unknown>): void {
  const steps = stepsOf(name);
  let level = root;
  for (const [i, step] of steps.entries()) {
    const next = steps[i + 1];
    // Two names contradict each other: the later one stays as it is, an unknown key.
    if (Array.isArray(level) && !INDEX.test(step)) break;
    if (step in level && (next === undefined || !levels.has(level[step]))) break;
    if (next === undefined) {
      level[step] = value;
      return;
    }
    if (!(step in level)) levels.add((level[step] = INDEX.test(next) ? [] : newGroup()));
    level = level[step] as Level;
  }
  root[name] = value;
}
