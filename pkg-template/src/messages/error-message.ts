import type { Issue } from '../validation/issue.js';
import { formatPath } from '../validation/paths.js';
import { en } from './en.js';
import { formatIssue } from './format-issue.js';
import type { Locale } from './locale.js';
import { formatServiceCode, serviceCodeKey } from './service-codes.js';

/** The details of an error that its message depends on. */
export interface ErrorDetails {
  readonly errorCode?: string | undefined;
  readonly status?: number | undefined;
  readonly mayAlreadyExist?: boolean | undefined;
  /** The option whose time is over. */
  readonly limit?: { readonly name: string; readonly ms: number } | undefined;
}

/** Kinds whose own advice is stricter than that of a service code ("try again later"). */
const STRICT = ['unavailable', 'outcome_unknown'];

/**
 * The message of a failed call: what its kind means, then what the service's code means. It never contains the
 * service's own sentence, which may repeat what was sent.
 */
export function errorMessage(kind: string, details: ErrorDetails = {}, locale: Locale = en): string {
  const { errorCode, status, mayAlreadyExist, limit } = details;
  const { errorPhrases } = locale;
  const errorKinds: Readonly<Record<string, string>> = locale.errorKinds;
  // Without a status, neither the proxy nor the service answered: the caller's own `headers` function failed.
  let message = kind === 'auth' && !status ? errorPhrases.noHeaders : (errorKinds[kind] ?? kind);
  if (limit) {
    const { name, ms } = limit;
    const timedOut = errorPhrases.timedOut.replace('{limit}', name).replace('{ms}', String(ms));
    message = kind === 'timeout' ? timedOut.trimStart() : message + timedOut;
  }
  if (errorCode) {
    const advice = STRICT.includes(kind) ? undefined : formatServiceCode(errorCode, locale);
    message +=
      advice === undefined
        ? errorPhrases.unknownCode.replace('{code}', () => errorCode)
        : errorPhrases.knownCode.replace('{code}', serviceCodeKey(errorCode)).replace('{advice}', () => advice);
  }
  if (kind === 'outcome_unknown') return status ? message : message + errorPhrases.noAnswer;
  return mayAlreadyExist ? message + errorPhrases.mayExist : message;
}

/** The message of an invalid value: where the first issue is, its message, and how many more there are. */
export function invalidMessage(issues: readonly [Issue, ...Issue[]], name: string, locale: Locale = en): string {
  const [issue, ...more] = issues;
  const { errorPhrases } = locale;
  const where = issue.path.length > 0 ? formatPath(issue.path) : name;
  const first = errorPhrases.where
    .replace('{where}', () => where)
    .replace('{message}', () => formatIssue(issue, locale));
  const rest = more.length > 0 ? errorPhrases.more.replace('{count}', String(more.length)) : '';
  return errorMessage('validation', undefined, locale) + first + rest;
}
