// The errors of the client's calls, with their messages.
import { errorMessage, invalidMessage } from '../messages/error-message.js';
import { type Locale, localeOption } from '../messages/locale.js';
import type { Issue } from '../validation/issue.js';
import { messageOf } from '../wasm/instance.js';
import { CtsError, type CtsErrorDetails, type CtsErrorKind, formatOf, isCtsError } from './error.js';

/** The option whose time is over. */
export interface TimeLimit {
  readonly name: string;
  readonly ms: number;
}

export function failure(
  kind: CtsErrorKind,
  locale: Locale | undefined,
  details?: CtsErrorDetails,
  limit?: TimeLimit,
): CtsError {
  // The proxy's own sentence names the setting to change.
  const detail = kind === 'proxy' && details?.errorMsg ? `: ${details.errorMsg}` : '';
  const format = (locale: Locale | undefined) => errorMessage(kind, { ...details, limit }, locale) + detail;
  return new CtsError(kind, format(locale), { ...details, format });
}

/** The error of an invalid value. */
export function invalid(issues: readonly [Issue, ...Issue[]], locale: Locale | undefined, name: string): CtsError {
  const format = (locale: Locale | undefined) => invalidMessage(issues, name, locale);
  return new CtsError('validation', format(locale), { issues, format });
}

/** What was thrown. Other errors are invalid options, or a body that JSON cannot represent. */
export function asCtsError(cause: unknown): CtsError {
  return isCtsError(cause) ? cause : new CtsError('validation', messageOf(cause), { cause });
}

/** The same failure with other details. */
export function again(error: CtsError, details: CtsErrorDetails): CtsError {
  const { kind, message, cause } = error;
  return new CtsError(kind, message, { cause, format: formatOf(error), ...details });
}

/**
 * The message of a caught `CtsError` in another language: what a client with this locale would have thrown. What others
 * wrote stays as it is: the proxy's own sentence, and the message of an error that you made yourself.
 */
export function formatError(error: CtsError, locale?: Locale): string {
  localeOption(locale);
  if (!isCtsError(error)) throw new TypeError('formatError needs a CtsError');
  return formatOf(error)(locale);
}
