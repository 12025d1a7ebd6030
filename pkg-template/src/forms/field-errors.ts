import { type CtsError, isCtsError } from '../client/error.js';
import { errorCodes } from '../client/error-codes.js';
import type { Locale } from '../messages/locale.js';
import { serviceCodeText } from '../messages/service-codes.js';
import { own } from '../options.js';
import { localeOf, type ValidateOptions } from '../validation/options.js';
import { formatPath, type PathStyle, parsePath } from '../validation/paths.js';

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
 * the whole value is the empty string. Of a `CtsError`: its issues, or the service's sentence at the field that it names, or
 * else at each field that its code may be about (see `errorCodes`). With `locale`, also `en`, the meaning of the code
 * replaces the service's sentence, which is English.
 */
export function toFieldErrors(
  issues: readonly FieldMessage[] | CtsError | undefined,
  options: ValidateOptions & { readonly style?: PathStyle | undefined } = {},
): Record<string, string[]> {
  const style = own(options, 'style');
  const errors: Record<string, string[]> = {};
  for (const { path, message } of listOf(issues, localeOf(options))) {
    const field = formatPath(path, style);
    const messages = ownValue(errors, field) as string[] | undefined;
    if (messages === undefined) put(errors, field, [message]);
    else messages.push(message);
  }
  return errors;
}

/** An object or a list of `NestedErrors`. */
type Level = Record<string | number, unknown>;

/**
 * The first message of each field, in the shape of the value: `{ obs_info: { bucket_name: '…' } }`. If an object has both a
 * message and fields with messages, its own message has the empty string as key. So has a message about the whole value. A
 * `CtsError` is accepted as in `toFieldErrors`.
 */
export function toNestedErrors(
  issues: readonly FieldMessage[] | CtsError | undefined,
  options?: ValidateOptions,
): NestedErrors {
  const errors: NestedErrors = {};
  for (const { path, message } of listOf(issues, localeOf(options))) {
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

function listOf(
  issues: readonly FieldMessage[] | CtsError | null | undefined,
  locale: Locale | undefined,
): readonly FieldMessage[] {
  if (issues === undefined || issues === null) return [];
  if (isCtsError(issues)) return issues.issues ?? serviceMessages(issues, locale);
  if (!Array.isArray(issues)) {
    throw new TypeError('issues must be a list, or a CtsError');
  }
  return issues;
}

function serviceMessages({ errorCode = '', errorMsg, message }: CtsError, locale: Locale | undefined): FieldMessage[] {
  const { fields = [''] } = own(errorCodes, errorCode) ?? {};
  const meaning = locale && serviceCodeText(errorCode, locale);
  const named = fields.filter((field) => field !== '' && errorMsg?.includes(field));
  return (named.length > 0 ? named : fields).map((field) => ({
    path: parsePath(field),
    message: meaning ?? errorMsg ?? message,
  }));
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
  Object.defineProperty(level, key, { value, writable: true, enumerable: true, configurable: true });
  return value;
}
