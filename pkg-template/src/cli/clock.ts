// The difference between the clock of this machine and that of the service.
import type { CtsError } from '../client/error.js';
import type { Translate } from './texts.js';

/** The gateway refuses a request whose date differs more from its own clock. */
export const MAX_SKEW_MS: number = 15 * 60 * 1000;
/** A difference that people should know of. */
export const WARN_SKEW_MS = 60_000;

/** `offsetMs`: how far the service's clock is ahead of ours. */
export function describeSkew(offsetMs: number, t: Translate): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const time =
    seconds < 120 ? t('clock.seconds', { seconds }) : t('clock.minutes', { minutes: Math.round(seconds / 60) });
  return t(offsetMs > 0 ? 'clock.behind' : 'clock.ahead', { time });
}

/** By the gateway's sentence, which is part of what a proxy passes on. */
export const isRefusedForDate = ({ kind, errorMsg = '' }: CtsError): boolean =>
  kind === 'auth' && /signature expired/i.test(errorMsg);
