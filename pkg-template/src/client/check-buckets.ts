// `checkBuckets`: any number of buckets in batches. Results keep the order of the buckets, and a batch that fails does not
// affect the others.
import {
  booleanOption,
  durationOption,
  functionOption,
  integerOption,
  invalidOption,
  objectOption,
  signalOption,
} from '../options.js';
import type { Issue } from '../validation/issue.js';
import { validateCheckObsBuckets } from '../validation/validate.js';
import type { Bucket, CheckBucketInput, CheckBucketRequest } from '../validation/wire.js';
import { ready } from '../wasm/browser.js';
import { onAbort, reasonOf } from './abort.js';
import { type CtsError, isCtsError, TEMPORARY } from './error.js';
import { again, asCtsError, failure, invalid } from './failure.js';
import type { CheckBucketsOptions, CheckedBucket, ClientOptions, CtsClient } from './types.js';

type Locale = ClientOptions['locale'];
type Checker = Pick<CtsClient, 'checkObsBuckets'>;

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_BATCH_SIZE = 20;
const DEFAULT_RETRIES = 1;

/** A bucket and its place in the results. */
interface Entry {
  index: number;
  request: CheckBucketInput;
}

type Result = { result: Bucket; error?: undefined } | { error: CtsError; result?: undefined };
type Settle = (entry: Entry, result: Result) => void;

export async function checkInBatches(
  client: Checker,
  locale: Locale,
  buckets: Iterable<CheckBucketInput>,
  options?: CheckBucketsOptions,
): Promise<CheckedBucket[]> {
  const results: CheckedBucket[] = [];
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  let signal: AbortSignal | undefined;
  let stopListening = () => {};
  let iterator: Iterator<CheckBucketInput> | undefined;
  let attempts = 0;
  try {
    const starting = ready();
    if (starting) await starting;
    const { headers, domainId, timeoutMs, ...others } = objectOption(options);
    durationOption(timeoutMs, 'timeoutMs', Infinity);
    const call = { timeoutMs, headers, domainId, validate: false, signal: controller.signal };
    const validates = booleanOption(others.validate, 'validate') ?? true;
    const onProgress = functionOption(others.onProgress, 'onProgress');
    const concurrency = integerOption(others.concurrency, 'concurrency', DEFAULT_CONCURRENCY, 1, 64);
    const batchSize = integerOption(others.batchSize, 'batchSize', DEFAULT_BATCH_SIZE, 1, 200);
    const retries = integerOption(others.retryFailed, 'retryFailed', DEFAULT_RETRIES, 0, 10);
    signal = signalOption<AbortSignal>(others.signal);
    if (typeof buckets?.[Symbol.iterator] !== 'function' || typeof buckets === 'string') {
      throw invalidOption('buckets must be a list, or anything else that can be iterated');
    }
    if (signal?.aborted) throw failure('aborted', locale, { cause: reasonOf(signal) });
    if (signal) stopListening = onAbort(signal, stop);
    const source = buckets[Symbol.iterator]();
    iterator = source;

    let total = sizeOf(buckets);
    let taken = 0;
    let ended = false;
    const progress = { done: 0, failed: 0 };
    let failedBatches: Entry[][] = [];

    const takeBatch = (): Entry[] => {
      const batch: Entry[] = [];
      while (!ended && batch.length < batchSize) {
        const next = source.next();
        if (next.done) {
          ended = true;
          total = taken;
        } else batch.push({ index: taken++, request: next.value });
      }
      return batch;
    };

    const settle: Settle = ({ index, request }, result) => {
      results[index] = { request: request as CheckBucketRequest, ...result };
      progress.done += 1;
      if (result.error) progress.failed += 1;
    };

    const check = async (batch: Entry[], isLastPass: boolean) => {
      const valid = validates ? takeValid(batch, locale, settle) : batch;
      if (valid.length > 0) {
        attempts += 1;
        try {
          const answer = await client.checkObsBuckets({ buckets: valid.map(({ request }) => request) }, call);
          valid.forEach((entry, at) => settle(entry, resultOf(entry, answer.buckets ?? [], at, locale)));
        } catch (error) {
          if (!isCtsError(error) || error.kind === 'aborted') throw error;
          if (!isLastPass && TEMPORARY.includes(error.kind)) failedBatches.push(valid);
          else valid.forEach((entry) => settle(entry, { error }));
        }
      }
      try {
        onProgress?.({ ...progress, total });
      } catch {
        // A failing listener must not fail the check.
      }
    };

    const checkAll = async (next: () => Entry[], isLastPass: boolean) => {
      const worker = async () => {
        for (let batch = next(); batch.length > 0; batch = next()) {
          if (controller.signal.aborted) throw failure('aborted', locale, { cause: reasonOf(controller.signal) });
          await check(batch, isLastPass);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, worker));
    };

    await checkAll(takeBatch, retries === 0);
    for (let pass = 1; pass <= retries && failedBatches.length > 0; pass++) {
      const batches = failedBatches;
      failedBatches = [];
      await checkAll(() => batches.shift() ?? [], pass === retries);
    }
    return results;
  } catch (cause) {
    stop();
    try {
      iterator?.return?.();
    } catch {
      // The first failure is the one to report.
    }
    throw again(asCtsError(cause), {
      sent: attempts > 0 ? 'unknown' : 'no',
      // Of batches. Retries within a call are not counted.
      attempts,
      // Without the holes of buckets that have no result yet.
      checked: results.filter(() => true),
    });
  } finally {
    stopListening();
  }
}

function sizeOf(buckets: Iterable<CheckBucketInput>): number | undefined {
  const { length, size } = buckets as { length?: unknown; size?: unknown };
  return [length, size].find((value): value is number => Number.isInteger(value));
}

/** Settles the buckets with issues, and returns the others as validated. */
function takeValid(batch: Entry[], locale: Locale, settle: Settle): Entry[] {
  let valid = batch;
  // Again if there were more issues than one validation returns.
  for (;;) {
    const { issues, value } = validateCheckObsBuckets({ buckets: valid.map(({ request }) => request) }, { locale });
    if (!issues) return valid.map((entry, at) => ({ ...entry, request: value.buckets?.[at] ?? entry.request }));
    const byBucket = new Map<unknown, [Issue, ...Issue[]]>();
    for (const issue of issues) {
      const [, index, ...path] = issue.path;
      // The last issue of a long list has no path.
      if (index === undefined) continue;
      const own = { ...issue, path };
      const known = byBucket.get(index);
      if (known) known.push(own);
      else byBucket.set(index, [own]);
    }
    valid = valid.filter((entry, at) => {
      const own = byBucket.get(at);
      if (own) settle(entry, { error: invalid(own, locale, 'bucket') });
      return !own;
    });
  }
}

/** The result for a bucket: at the same place of the answer, or wherever the answer names it. */
function resultOf({ request }: Entry, buckets: readonly Bucket[], at: number, locale: Locale): Result {
  const names = (bucket: Bucket | undefined) =>
    bucket?.bucket_name === request?.bucket_name &&
    (bucket?.bucket_location ?? request?.bucket_location) === request?.bucket_location;
  const here = buckets[at];
  const result = names(here) || (here && here.bucket_name === undefined) ? here : buckets.find(names);
  return result ? { result } : { error: failure('bad_response', locale, { sent: 'yes', attempts: 1 }) };
}
