import { own } from '../options.js';
import { formatPath, type PathStyle } from '../validation/paths.js';

/** The parts of an issue that a form shows. */
export interface FieldMessage {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Messages in the shape of the value. */
export interface NestedErrors {
  [key: string]: string | NestedErrors | (string | NestedErrors | undefined)[];
}

/**
 * The messages by field, in the order of the issues: `{ 'obs_info.bucket_name': ['…'] }`. The key of the messages about
 * the whole value is the empty string.
 */
export function toFieldErrors(
  issues: readonly FieldMessage[] | undefined,
  options: { readonly style?: PathStyle | undefined } = {},
): Record<string, string[]> {
  const style = own(options, 'style');
  const errors: Record<string, string[]> = {};
  for (const { path, message } of listOf(issues)) {
    const field = formatPath(path, style);
    const messages = Object.hasOwn(errors, field) ? errors[field] : undefined;
    if (messages === undefined) put(errors, field, [message]);
    else messages.push(message);
  }
  return errors;
}

/** An object or a list of `NestedErrors`. */
type Level = Record<string | number, unknown>;

/**
 * The first message of each field, in the shape of the value: `{ obs_info: { bucket_name: '…' } }`. If an object has both a
 * message and fields with messages, its own message has the empty string as key. So has a message about the whole value.
 */
export function toNestedErrors(issues: readonly FieldMessage[] | undefined): NestedErrors {
  const errors: NestedErrors = {};
  for (const { path, message } of listOf(issues)) {
    let level: Level = errors;
    path.slice(0, -1).forEach((step, i) => {
      const inside = ownValue(level, step);
      level = isLevel(inside) ? inside : put(level, step, emptyLevel(inside, path[i + 1]));
    });
    const last = path.at(-1) ?? '';
    const inside = ownValue(level, last);
    if (inside === undefined) put(level, last, message);
    else if (isLevel(inside) && !Object.hasOwn(inside, '')) put(inside, '', message);
  }
  return errors;
}

function listOf(issues: readonly FieldMessage[] | null | undefined): readonly FieldMessage[] {
  if (issues === undefined || issues === null) return [];
  if (!Array.isArray(issues)) throw new TypeError('issues must be a list, such as the `issues` of a validation');
  return issues;
}

function ownValue(level: Level, step: string | number): unknown {
  return Object.hasOwn(level, step) ? level[step] : undefined;
}

function isLevel(value: unknown): value is Level {
  return typeof value === 'object' && value !== null;
}

/** An object, or a list if the next step is an index. It keeps the message that was there before. */
function emptyLevel(message: unknown, next: string | number | undefined): Level {
  const level = (typeof next === 'number' ? [] : {}) as Level;
  if (message !== undefined) put(level, '', message);
  return level;
}

/** Like an assignment, but the key `__proto__` is a property too. */
function put<T>(level: Record<string | number, unknown>, key: string | number, value: T): T {
  if (key === '__proto__')
    Object.defineProperty(level, key, { value, writable: true, enumerable: true, configurable: true });
  else level[key] = value;
  return value;
}
