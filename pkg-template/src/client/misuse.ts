// What the client's calls share: the checks of their options, and the errors they end with.

import { formatError, formatInvalid } from '../messages/messages.js';
import { formatPath } from '../validation/paths.js';
import { CtsError } from './error.js';

export function duration(value, name, otherwise) {
  if (value === undefined) return otherwise;
  if (typeof value === 'number' && value > 0) return value;
  throw new TypeError(`${name} must be a number of milliseconds above 0`);
}

export function count(value, name, otherwise, least, most) {
  if (value === undefined) return otherwise;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new TypeError(`${name} must be a whole number from ${least} to ${most}`);
}

export function checkSignal(signal) {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function') return signal;
  throw new TypeError('signal must be an AbortSignal');
}

export function failure(kind, locale, details) {
  const message = formatError(kind, details, locale);
  // The proxy's own words are not the caller's: they say which setting of it is meant.
  const said = kind === 'proxy' && details?.errorMsg ? `: ${details.errorMsg}` : '';
  return new CtsError(kind, message + said, details);
}

/** The error of a request that has issues: the first of them is in its message. */
export function invalid(issues, locale, name) {
  const [{ path, message }] = issues;
  const where = path.length > 0 ? formatPath(path) : name;
  return new CtsError('validation', formatInvalid(where, message, issues.length - 1, locale), { issues });
}
