// What a failed call means: its title, what the user should do, and whether the tracker may exist.
import { type CtsErrorKind, formatServiceCode, isCtsError } from 'cts-tracker';
import { joinSentences, packageLocale, t } from '../i18n.js';
import { UnreachableError } from '../reachability.js';
import type { Exchange } from '../recording-client.js';

export type FailureKind = CtsErrorKind | 'unknown' | 'unreachable' | 'offline';
export type FailedOperation = 'create' | 'check';

export function kindOf(error: Error): FailureKind {
  if (error instanceof UnreachableError) return error.isOnline ? 'unreachable' : 'offline';
  return isCtsError(error) ? error.kind : 'unknown';
}

/** Whether the request that failed may have created the tracker, so that a second one could create another. */
export function mayHaveCreated(error: Error, exchange: Exchange | undefined): boolean {
  // A conflict says that the tracker exists, so a second request creates nothing.
  if (isCtsError(error) && error.kind !== 'internal')
    return error.mayAlreadyExist === true && error.kind !== 'conflict';
  return isCtsError(error) ? error.sent !== 'no' : exchange !== undefined;
}

/** Whether the answer was a success, but its body did not arrive completely. */
export const isCutOff = (exchange: Exchange | undefined): boolean =>
  exchange?.isCutOff === true && exchange.status !== undefined && exchange.status >= 200 && exchange.status < 300;

/** The codes of the service contain a dot: `CTS.0201`, `APIGW.0301`. Those of the proxy do not. */
const isProxyCode = (code: string) => code !== '' && !code.includes('.');

/** Whether the signing proxy refused the request, so that the words in the response are its own. */
export const isFromProxy = (error: Error): boolean =>
  isCtsError(error) && (error.kind === 'proxy' || isProxyCode(error.errorCode ?? ''));

const meaningOfCode = (error: Error) =>
  isCtsError(error) ? formatServiceCode(error.errorCode ?? '', packageLocale()) : undefined;

/** The meaning of a service error in one sentence, for the field that it belongs to. */
export function meaningOf(error: Error): string {
  const serviceMessage = isCtsError(error) ? error.errorMsg : undefined;
  return meaningOfCode(error) ?? serviceMessage ?? error.message;
}

/** What to do if the tracker was not created. The meaning of a code is more specific than the kind of the error. */
function adviceOfKind(error: Error): string[] {
  if (!isCtsError(error)) return [t(`kind.${kindOf(error)}.text`)];
  const { kind, retryAfterMs = 0, errorCode, errorMsg } = error;
  if (kind === 'throttled' && retryAfterMs > 0)
    return [t('kind.throttled.after', { seconds: Math.ceil(retryAfterMs / 1000) })];
  const advice = [meaningOfCode(error) ?? t(`kind.${kind}.text`)];
  if (kind === 'rejected' && !errorCode && !errorMsg) return [t('kind.rejected.noReason')];
  if (kind === 'auth') advice.push(t('kind.auth.lockout'));
  if (kind === 'conflict' && error.mayAlreadyExist) advice.push(t('kind.conflict.mayAlreadyExist'));
  return advice;
}

function adviceForCreation(error: Error, exchange: Exchange | undefined): string[] {
  const kind = kindOf(error);
  if (mayHaveCreated(error, exchange)) {
    if (isCutOff(exchange)) return [t('kind.cutOff.text')];
    return [t(kind === 'aborted' ? 'kind.aborted.sent' : `kind.${kind}.text`)];
  }
  const wasSent = isCtsError(error) && error.sent !== 'no';
  if (kind === 'aborted') return [t('fact.notSent')];
  return [t(wasSent ? 'fact.notCreated' : 'fact.notSent'), ...adviceOfKind(error)];
}

/** These concern a creation alone, or the fact that a check changes nothing says more. */
const WITHOUT_ADVICE_FOR_CHECK = new Set<FailureKind>(['aborted', 'outcome_unknown', 'timeout', 'unknown', 'rejected']);

function adviceForCheck(error: Error): string[] {
  const kind = kindOf(error);
  const advice = meaningOfCode(error) || !WITHOUT_ADVICE_FOR_CHECK.has(kind) ? adviceOfKind(error) : [];
  return kind === 'forbidden' ? [t('kind.forbidden.checking')] : advice;
}

/** What the user should do. A bucket check changes nothing, so its advice is less strict. */
export function adviceFor(error: Error, exchange: Exchange | undefined, operation: FailedOperation): string {
  return joinSentences(
    operation === 'check' ? [...adviceForCheck(error), t('kind.checking.text')] : adviceForCreation(error, exchange),
  );
}

export const titleFor = (error: Error, exchange: Exchange | undefined): string =>
  isCutOff(exchange) ? t('kind.cutOff.title', { status: exchange?.status ?? '' }) : t(`kind.${kindOf(error)}.title`);
