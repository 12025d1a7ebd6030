// `resolveCreation`: finds out what became of a createTracker whose outcome is unknown. It only lists trackers. The
// decision on times and waits is in Rust (src/client/resolve.rs).
import { type CtsLookup, resolveLookup } from '#glue-client';
import { fieldState } from '../forms/field-state.js';
import { systemTrackerName } from '../generated/metadata.js';
import { createTrackerPaths } from '../generated/names.js';
import type { Locale } from '../messages/locale.js';
import { durationOption, objectOption, signalOption } from '../options.js';
import type { Tracker } from '../validation/wire.js';
import { ready } from '../wasm/browser.js';
import { engine } from '../wasm/client.js';
import { onAbort, reasonOf } from './abort.js';
import { localeOf } from './client-locale.js';
import { type CtsError, isCtsError, TEMPORARY } from './error.js';
import { failure } from './failure.js';
import { clockOffsetOf } from './list-trackers.js';
import type { Creation, CreationDifference, CreationResolution, CtsClient, ResolveCreationOptions } from './types.js';

const DEFAULT_TIMEOUT_MS = 30_000;
/**
 * The time for one lookup, so that one that hangs leaves time for others. Half of it, the possible error of the clock
 * offset, must be less than the grace of the decision.
 */
const MAX_LOOKUP_MS = 9_000;

/**
 * Finds out what became of a createTracker that failed with `mayAlreadyExist`: lists the trackers of its type and name,
 * again after 1, 2, 4 … seconds, until it knows or its time is over. It never creates or deletes a tracker. The proxy
 * must allow lookups (`allowLookup`). Rejects only if it is aborted. An identical tracker that somebody else created
 * after the request was sent, or less than 5 seconds before (10 if lookups are slow), reads as `created`: the service
 * keeps nothing that tells the two apart.
 */
export async function resolveCreation(
  client: CtsClient,
  error: Pick<CtsError, 'creation'>,
  options?: ResolveCreationOptions,
): Promise<CreationResolution> {
  if (typeof client?.listTrackers !== 'function') {
    throw new TypeError('resolveCreation(client, error): the first argument must be a client');
  }
  const { creation } = Object(error) as typeof error;
  if (!creation) {
    throw new TypeError('resolveCreation(client, error): the error must be one of createTracker with mayAlreadyExist');
  }
  const { signal: givenSignal, timeoutMs: givenTimeout } = objectOption(options);
  const signal = signalOption<AbortSignal>(givenSignal);
  const timeoutMs = durationOption(givenTimeout, 'timeoutMs', DEFAULT_TIMEOUT_MS);
  const { projectId, body, sentAt } = creation;
  // A body that was not validated may be anything.
  const { tracker_type: trackerType, tracker_name: trackerName } = Object(body) as Partial<typeof body>;
  const starting = ready();
  if (starting) await starting;
  const startedAt = Date.now();
  const elapsed = () => Date.now() - startedAt;

  for (let lookups = 1; ; lookups++) {
    let trackers: Tracker[] = [];
    let cause: CtsError | undefined;
    try {
      const lookupMs = Math.max(1, Math.min(MAX_LOOKUP_MS, timeoutMs - elapsed()));
      trackers = await client.listTrackers({ projectId, trackerType, trackerName, signal, timeoutMs: lookupMs });
    } catch (error) {
      if (!isCtsError(error) || error.kind === 'aborted') throw error;
      cause = error;
    }
    const candidates = trackers.filter((tracker) => mayBeOf(tracker, creation));
    const lookup: CtsLookup = {
      result: cause ? (TEMPORARY.includes(cause.kind) ? 'failed_for_now' : 'failed') : 'listed',
      createdAt: candidates.map((tracker) => tracker.create_time ?? NaN),
      sentAt,
      clockOffsetMs: clockOffsetOf(trackers),
      lookups,
      elapsedMs: elapsed(),
      timeoutMs,
    };
    const step = engine.call(() => resolveLookup(lookup));
    if (step.type === 'wait') {
      await wait(step.ms, signal, localeOf(client));
      continue;
    }
    const { resolution } = step;
    const tracker = candidates[step.tracker ?? -1];
    if (resolution === 'not_seen') return { resolution };
    // The service did not send the time of creation.
    if (resolution === 'unknown' || !tracker) {
      return {
        resolution: 'unknown',
        cause: cause ?? failure('bad_response', localeOf(client), { sent: 'yes', attempts: 1 }),
      };
    }
    const differences = resolution === 'created' ? differencesOf(body, tracker) : [];
    return differences.length > 0 ? { resolution: 'differs', tracker, differences } : { resolution, tracker };
  }
}

/** Whether a tracker has the project, type and name of a creation. A list may contain trackers of other projects. */
function mayBeOf(tracker: Tracker, { projectId, body }: Creation): boolean {
  const { project_id: project, tracker_type: type, tracker_name: name } = tracker;
  const sent = Object(body) as Partial<typeof body>;
  // A body that was not validated may leave out the only name of a management tracker, as the service allows.
  const sentName = sent.tracker_name || (sent.tracker_type === 'system' && systemTrackerName);
  return !!name && name === sentName && type === sent.tracker_type && (!project || project === projectId);
}

/**
 * The fields with other content. The service may leave fields out and add defaults, so a field that only one side has is
 * no difference.
 */
function differencesOf(body: Creation['body'], tracker: Tracker): CreationDifference[] {
  const states = fieldState(body);
  return createTrackerPaths.flatMap((name) => {
    const path = name.split('.');
    const sent = valueAt(body, path);
    // A tracker has the flag in an object.
    const found = valueAt(name === 'is_lts_enabled' ? tracker.lts : tracker, path);
    return states[name].applies && areUnequal(sent, found) ? [{ path, sent, found }] : [];
  });
}

/** The order of words has no meaning. */
function areUnequal(sent: unknown, found: unknown): boolean {
  if (Array.isArray(sent) && Array.isArray(found)) {
    const { size } = new Set([...sent, ...found]);
    return new Set(sent).size < size || new Set(found).size < size;
  }
  return typeof sent === typeof found && typeof sent !== 'object' && sent !== found;
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], object);
}

/** Rejects as an aborted call does. */
function wait(ms: number, signal: AbortSignal | undefined, locale: Locale | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopListening = () => {};
    const timer = setTimeout(() => {
      stopListening();
      resolve();
    }, ms);
    if (!signal) return;
    stopListening = onAbort(signal, () => {
      clearTimeout(timer);
      stopListening();
      reject(failure('aborted', locale, { cause: reasonOf(signal) }));
    });
  });
}
