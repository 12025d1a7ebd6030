// Thousands of buckets, in batches: the order is kept, and a batch that fails does not lose the others.

import { booleanOption, durationOption, functionOption, integerOption, signalOption } from '../options.js';
import { validateCheckObsBuckets } from '../validation/validate.js';
import { CtsError, isCtsError } from './error.js';
import { failure, invalid } from './failure.js';

const CONCURRENCY = 4;
const BATCH = 20;
/** Failures of a batch that may have passed once the others are through. */
const PASSING = ['network', 'timeout', 'throttled', 'server'];

export async function checkInBatches(settings, client, buckets, call = {}) {
  const { locale } = settings;
  const results = [];
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  let signal;
  let iterator;
  let attempts = 0;
  try {
    const { headers, domainId } = call;
    const onProgress = functionOption(call.onProgress, 'onProgress');
    const validate = booleanOption(call.validate, 'validate');
    const options = {
      timeoutMs: durationOption(call.timeoutMs, 'timeoutMs', settings.timeoutMs),
      headers,
      domainId,
      validate: false,
      signal: controller.signal,
    };
    const concurrency = integerOption(call.concurrency, 'concurrency', CONCURRENCY, 1, 64);
    const batchSize = integerOption(call.batchSize, 'batchSize', BATCH, 1, 200);
    let passes = 1 + integerOption(call.retryFailed, 'retryFailed', 1, 0, 10);
    signal = signalOption(call.signal);
    if (typeof buckets?.[Symbol.iterator] !== 'function' || typeof buckets === 'string') {
      throw new TypeError('buckets must be a list, or anything else that can be iterated');
    }
    if (signal?.aborted) throw failure('aborted', locale, { cause: signal.reason });
    signal?.addEventListener('abort', stop);
    iterator = buckets[Symbol.iterator]();

    let total = [buckets.length, buckets.size].find(Number.isInteger);
    let taken = 0;
    let ended = false;
    let again = [];
    const progress = { done: 0, failed: 0 };

    const fromIterator = () => {
      const batch = [];
      while (!ended && batch.length < batchSize) {
        const next = iterator.next();
        if (next.done) {
          ended = true;
          total = taken;
        } else batch.push({ index: taken++, request: next.value });
      }
      return batch;
    };

    const settle = (entry, outcome) => {
      results[entry.index] = { request: entry.request, ...outcome };
      progress.done += 1;
      if (outcome.error) progress.failed += 1;
    };

    const run = async (batch) => {
      const sound =
        validate === false ? batch.map((entry) => ({ ...entry, value: entry.request })) : judge(batch, locale, settle);
      if (sound.length > 0) {
        attempts += 1;
        try {
          const answer = await client.checkObsBuckets({ buckets: sound.map(({ value }) => value) }, options);
          sound.forEach((entry, at) => settle(entry, matching(entry.value, answer.buckets ?? [], at, locale)));
        } catch (error) {
          if (!isCtsError(error) || error.kind === 'aborted') throw error;
          if (passes > 1 && PASSING.includes(error.kind))
            again.push(batch.filter((entry) => !(entry.index in results)));
          else sound.forEach((entry) => settle(entry, { error }));
        }
      }
      try {
        onProgress?.({ ...progress, total });
      } catch {
        // A listener's fault is none of the check's.
      }
    };

    const drain = async (take) => {
      for (let batch = take(); batch.length > 0; batch = take()) {
        if (controller.signal.aborted) throw failure('aborted', locale, { cause: controller.signal.reason });
        await run(batch);
      }
    };
    const drainAll = (take) => Promise.all(Array.from({ length: concurrency }, () => drain(take)));

    await drainAll(fromIterator);
    while (again.length > 0) {
      passes -= 1;
      const batches = again;
      again = [];
      await drainAll(() => batches.shift() ?? []);
    }
    return results;
  } catch (cause) {
    // The others are of no use any more, and what the iterator holds is to be given back.
    stop();
    try {
      iterator?.return?.();
    } catch {
      // The first failure is the one that is told.
    }
    const ours = isCtsError(cause);
    throw new CtsError(ours ? cause.kind : 'validation', String(cause?.message ?? cause), {
      sent: attempts > 0 ? 'unknown' : 'no',
      // Of batches; what was tried again inside one is not counted.
      attempts,
      cause: ours ? cause.cause : cause,
      // What was found before the end, in the order of the buckets.
      checked: results.filter(() => true),
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Settles the buckets that have errors of their own, and gives the others as they are to be sent. */
function judge(batch, locale, settle) {
  const validate = (entries) => validateCheckObsBuckets({ buckets: entries.map(({ request }) => request) }, { locale });
  let sound = batch;
  let judged = validate(sound);
  // More than once if there are more errors than a validator gives.
  while (judged.issues) {
    const errors = new Map();
    for (const issue of judged.issues) {
      const [, index, ...path] = issue.path;
      if (index !== undefined) errors.set(index, [...(errors.get(index) ?? []), { ...issue, path }]);
    }
    // That of which the last one is told may have further ones.
    sound = sound.filter((entry, at) => {
      if (errors.has(at)) settle(entry, { error: invalid(errors.get(at), locale, 'bucket') });
      return !errors.has(at);
    });
    judged = validate(sound);
  }
  return sound.map((entry, at) => ({ ...entry, value: judged.value.buckets[at] }));
}

/** What an answer says about a bucket: at its place, or wherever it is named. */
function matching(value, buckets, at, locale) {
  const names = (bucket) =>
    bucket?.bucket_name === value?.bucket_name &&
    (bucket?.bucket_location ?? value?.bucket_location) === value?.bucket_location;
  const here = buckets[at];
  const result = names(here) || (here && here.bucket_name === undefined) ? here : buckets.find(names);
  return result ? { result } : { error: failure('bad_response', locale, { sent: 'yes', attempts: 1 }) };
}
