// What is particular to listTrackers: its query, and how its answer is read.
import { invalidOption } from '../options.js';
import type { Tracker } from '../validation/wire.js';
import type { ListTrackersCallOptions } from './types.js';

/** The part of a tracker that older versions of the service send differently. */
export interface TrackerBucket {
  data_bucket?: { data_event?: unknown } | null;
}

export function trackersQuery(
  trackerType: ListTrackersCallOptions['trackerType'],
  trackerName: ListTrackersCallOptions['trackerName'],
): string {
  const parts: string[] = [];
  if (trackerName !== undefined) {
    if (typeof trackerName !== 'string' || trackerName === '') throw invalidOption('trackerName must be a name');
    parts.push(`tracker_name=${encode(trackerName)}`);
  }
  if (trackerType !== undefined) {
    if (trackerType !== 'system' && trackerType !== 'data')
      throw invalidOption("trackerType must be 'system' or 'data'");
    parts.push(`tracker_type=${trackerType}`);
  }
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** Everything that is reserved is encoded, so that the proxy reads one value in one way. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Older versions of the service send one event as a string instead of a list. */
export function listEvents({ data_bucket: bucket }: TrackerBucket): void {
  if (typeof bucket?.data_event === 'string') bucket.data_event = [bucket.data_event];
}

// Copies of the package share the symbol.
const clockOffset = (): symbol => Symbol.for('cts-tracker.clock-offset');

/**
 * The trackers of an answer to a request sent at `sentAt`, with the offset of the service's clock, which its header Date
 * shows.
 */
export function readTrackers(answer: unknown, date: string, sentAt: number): Tracker[] {
  const { trackers } = answer as { trackers?: (Tracker | null)[] | null };
  const list = (trackers ?? []).filter((tracker) => tracker !== null);
  list.forEach(listEvents);
  // The header has no fractions of a second; half a second is their mean. The service wrote it at an unknown moment
  // between request and answer; from their middle, the error is at most half of the time between them.
  const offset = Date.parse(date) + 500 - (sentAt + Date.now()) / 2;
  return Object.defineProperty(list, clockOffset(), { value: Number.isFinite(offset) ? offset : 0 });
}

/** How far the service's clock is ahead of ours, in milliseconds; 0 if unknown. */
export function clockOffsetOf(trackers: readonly Tracker[]): number {
  return Number(Reflect.get(trackers, clockOffset()) ?? 0);
}
