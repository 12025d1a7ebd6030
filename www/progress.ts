// How far a call is: which of its tries is running, or how long it waits before the next one.
import type { ClientEvent } from 'cts-tracker';
import { t } from './i18n.js';
import { MAX_TRIES } from './recording-client.js';

export interface Progress {
  /** The try that is running, or that follows the wait. */
  readonly attempt: number;
  /** When the wait before this try ends, as `performance.now()` counts. */
  readonly waitsUntil?: number;
}

export const started: Progress = { attempt: 1 };

/** The progress after an event of the client. */
export function advance(progress: Progress, event: ClientEvent, now: number): Progress {
  if (event.type === 'attempt') return { attempt: event.attempt };
  if (event.type === 'retry') return { attempt: event.attempt, waitsUntil: now + event.delayMs };
  return progress;
}

export function describe({ attempt, waitsUntil }: Progress, now: number): string {
  const seconds = Math.max(0, Math.ceil(((waitsUntil ?? now) - now) / 1000));
  return waitsUntil === undefined
    ? t('progress.try', { attempt, tries: MAX_TRIES })
    : t('progress.wait', { attempt, tries: MAX_TRIES, seconds });
}
