// What a failed call means: its title, what the user should do, and whether the tracker may exist.
import { type CtsErrorKind, formatServiceCode, isCtsError } from 'cts-tracker';
import { joinSentences, packageLocale, t } from '../i18n.js';
import type { Exchange } from '../recording-client.js';

export type FailureKind = CtsErrorKind | 'unknown';

export const kindOf = (error: Error): FailureKind => (isCtsError(error) ? error.kind : 'unknown');

/** After these the tracker may exist, if the request was sent. */
const UNCERTAIN = new Set<FailureKind>(['outcome_unknown', 'aborted', 'bad_response', 'internal', 'unknown']);

/** Whether a second request could create a second tracker. */
export function mayHaveCreated(error: Error, exchange: Exchange | undefined): boolean {
  const wasSent = isCtsError(error) ? error.sent !== 'no' : exchange !== undefined;
  return kindOf(error) === 'outcome_unknown' || (UNCERTAIN.has(kindOf(error)) && wasSent);
}

const meaningOfCode = (error: Error) =>
  isCtsError(error) ? formatServiceCode(error.errorCode ?? '', packageLocale()) : undefined;

/** The meaning of a service error in one sentence, for the field that it belongs to. */
export function meaningOf(error: Error): string {
  const serviceMessage = isCtsError(error) ? error.errorMsg : undefined;
  return meaningOfCode(error) ?? serviceMessage ?? error.message;
}

/** The meaning of the service's code, unless the advice for the kind of error is stricter and would be contradicted. */
export function codeMeaning(error: Error): string | undefined {
  return ['outcome_unknown', 'unavailable'].includes(kindOf(error)) ? undefined : meaningOfCode(error);
}

/** The advice for these errors is the same for a creation and for a bucket check. */
const SAME_ADVICE_FOR_CHECK = new Set<FailureKind>(['auth', 'not_found', 'network', 'proxy', 'internal']);

function adviceForCheck(error: Error): string[] {
  const kind = kindOf(error);
  if (kind === 'forbidden') return [t('kind.forbidden.checking')];
  return SAME_ADVICE_FOR_CHECK.has(kind) ? [t(`kind.${kind}.text`)] : [];
}

function adviceForCreation(error: Error, exchange: Exchange | undefined): string[] {
  if (!isCtsError(error)) return [t('kind.unknown.text')];
  const { kind, retryAfterMs = 0, errorCode, errorMsg } = error;
  if (kind === 'aborted' && mayHaveCreated(error, exchange)) return [t('kind.aborted.sent')];
  if (kind === 'throttled' && retryAfterMs > 0)
    return [t('kind.throttled.after', { seconds: Math.ceil(retryAfterMs / 1000) })];
  if (kind === 'rejected' && !errorCode && !errorMsg) return [t('kind.rejected.noReason')];
  const advice = [t(`kind.${kind}.text`)];
  if (kind === 'conflict' && error.mayAlreadyExist) advice.push(t('kind.conflict.mayAlreadyExist'));
  return advice;
}

/** What the user should do. A bucket check changes nothing, so its advice is less strict. */
export function adviceFor(error: Error, exchange: Exchange | undefined, operation: 'create' | 'check'): string {
  return joinSentences(
    operation === 'check' ? [...adviceForCheck(error), t('kind.checking.text')] : adviceForCreation(error, exchange),
  );
}

export const titleFor = (error: Error): string => t(`kind.${kindOf(error)}.title`);
