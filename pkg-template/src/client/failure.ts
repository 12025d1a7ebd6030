// The errors of the client's calls, with their messages.
import { formatError, formatInvalid } from '../messages/format-error.js';
import type { Issue } from '../validation/issue.js';
import { formatPath } from '../validation/paths.js';
import { CtsError, type CtsErrorDetails, type CtsErrorKind } from './error.js';
import type { ClientOptions } from './types.js';

/** The option whose time is over. */
export interface TimeLimit {
  readonly name: string;
  readonly ms: number;
}

export function failure(
  kind: CtsErrorKind,
  locale: ClientOptions['locale'],
  details?: CtsErrorDetails,
  limit?: TimeLimit,
): CtsError {
  const message = formatError(kind, { ...details, limit }, locale);
  // The proxy's own sentence names the setting to change.
  const detail = kind === 'proxy' && details?.errorMsg ? `: ${details.errorMsg}` : '';
  return new CtsError(kind, message + detail, details);
}

/** The error of an invalid value: its message contains the first issue. */
export function invalid(issues: readonly [Issue, ...Issue[]], locale: ClientOptions['locale'], name: string): CtsError {
  const [{ path, message }] = issues;
  const where = path.length > 0 ? formatPath(path) : name;
  return new CtsError('validation', formatInvalid(where, message, issues.length - 1, locale), { issues });
}
