// What a failed call is shown with: its message, and the service's own sentence.
import type { CtsError } from '../client/error.js';
import { ownProperties } from '../options.js';
import type { Translate } from './texts.js';

export interface ErrorText {
  readonly message?: string | undefined;
  /** The service's own sentence. */
  readonly error_msg?: string | undefined;
  /** Why the connection failed. */
  readonly reason?: string | undefined;
}

/** A sentence is shown and recorded up to this length. */
const MAX_SENTENCE = 500;
/** A longer chain of causes is a cycle. */
const MAX_DEPTH = 8;

export function errorText({ kind, message, errorMsg, cause }: CtsError): ErrorText {
  // With kind `proxy`, the message has the sentence already.
  const sentence = errorMsg && kind !== 'proxy' ? shorten(errorMsg) : undefined;
  return { message, error_msg: sentence, reason: kind === 'network' ? connectionReason(cause) : undefined };
}

/** The parts for people, in one line. */
export function sentencesOf({ message, error_msg: sentence, reason }: ErrorText, t: Translate): string {
  return [message, sentence && t('error.sentence', { sentence }), reason && t('error.reason', { reason })]
    .filter(Boolean)
    .join('  ');
}

export const shorten = (sentence: string): string =>
  sentence.length > MAX_SENTENCE ? `${sentence.slice(0, MAX_SENTENCE)}…` : sentence;

/** The deepest causes of an error: a connection to a name with several addresses fails once for each. */
export function connectionReason(thrown: unknown): string | undefined {
  const reasons = deepest(thrown, 0).map(({ message, code }) =>
    code && !message.includes(code) ? [message, `(${code})`].filter(Boolean).join(' ') : message,
  );
  return [...new Set(reasons)].filter(Boolean).join('; ') || undefined;
}

function deepest(thrown: unknown, depth: number): { message: string; code: string }[] {
  if (typeof thrown !== 'object' || thrown === null || depth > MAX_DEPTH) return [];
  const { errors, cause, message, code }: Record<string, unknown> = ownProperties(
    Object.getOwnPropertyDescriptors(thrown),
  );
  const valueIn = (property: unknown) => (property as PropertyDescriptor | undefined)?.value;
  const list: unknown = valueIn(errors);
  const inner = (Array.isArray(list) && list.length > 0 ? list : [valueIn(cause)]).flatMap((error) =>
    deepest(error, depth + 1),
  );
  return inner.length > 0 ? inner : [{ message: text(valueIn(message)), code: text(valueIn(code)) }];
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
