// What a failed call is shown with: its message, and the service's own sentence.
import type { CtsError, CtsErrorKind } from '../client/error.js';
import { connectionErrors } from '../connection-errors.js';
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

/** Kinds of errors after which there was no response. */
const WITHOUT_RESPONSE: CtsErrorKind[] = ['network', 'outcome_unknown'];

export function errorText({ kind, message, errorMsg, status, cause }: CtsError): ErrorText {
  const hasReason = status === undefined && WITHOUT_RESPONSE.includes(kind);
  const reason = hasReason ? connectionReason(cause) : undefined;
  return { message, error_msg: errorMsg && shorten(errorMsg), reason };
}

/** The parts for people, in one line. The message of a proxy's refusal has its sentence already. */
export function sentencesOf({ message = '', error_msg: sentence, reason }: ErrorText, t: Translate): string {
  const isNew = sentence && !message.includes(sentence);
  return [message, isNew && t('error.sentence', { sentence }), reason && t('error.reason', { reason })]
    .filter(Boolean)
    .join('  ');
}

export const shorten = (sentence: string): string =>
  sentence.length > MAX_SENTENCE ? `${sentence.slice(0, MAX_SENTENCE)}…` : sentence;

/** Why a connection failed, in the words of the platform. One to a name with several addresses fails once for each. */
export function connectionReason(thrown: unknown): string | undefined {
  const reasons = connectionErrors(thrown).map(({ message, code }) =>
    code && !message.includes(code) ? `${message} (${code})` : message,
  );
  return [...new Set(reasons)].filter(Boolean).join('; ').trim() || undefined;
}
