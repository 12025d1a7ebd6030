// The bucket check: its button, and its result for the bucket.
import type { Bucket } from 'cts-tracker';
import { byId, h, render } from '../../dom.js';
import { findText, languageCode, t } from '../../i18n.js';
import { describe } from '../../progress.js';
import { titleFor } from '../failure.js';
import type { State } from '../state.js';
import { bucketCheckRequest } from '../validate.js';
import { setUnavailable } from './actions.js';
import { renderFailure } from './failure.js';

/** What the check found out about a bucket. A bucket that fails the check is in a successful response. */
export function describeBucket({ check_bucket_response: result }: Bucket): {
  rating: Rating;
  text: string;
} {
  const rating = result?.success === undefined ? 'unknown' : result.success ? 'good' : 'bad';
  const code = result?.error_code?.replace(/^OBS\./i, '');
  return { rating, text: findText(`check.code.${code}`) ?? t(`check.${rating}`) };
}

function renderBucket(bucket: Bucket): HTMLElement {
  const { bucket_name: name, bucket_location: location, check_bucket_response: result } = bucket;
  const { rating, text } = describeBucket(bucket);
  return h(
    'li',
    { class: rating },
    h('p', {}, h('strong', {}, name), location && ` · ${location}`),
    h('p', {}, text),
    result?.error_code &&
      h(
        'p',
        { class: 'hint' },
        t('check.serviceMessage', {
          code: result.error_code,
          status: result.response_code ?? '–',
          message: result.error_message ?? '',
        }),
      ),
  );
}

const renderBuckets = (buckets: readonly Bucket[]): Node[] => [
  buckets.length > 0
    ? h('ul', { class: 'checked' }, buckets.map(renderBucket))
    : h('p', { class: 'hint' }, t('check.none')),
];

type Rating = 'good' | 'bad' | 'unknown';

/** What is known about the bucket as it is in the form now; undefined if it was not checked. */
export function currentCheck({ form, bucketCheck, validated }: State): { rating: Rating; text: string } | undefined {
  const { result } = bucketCheck ?? {};
  const { pageValues, createsBucket } = form;
  if (!result || !pageValues.transferToObs || createsBucket) return undefined;
  if (bucketCheckRequest(validated.draft, pageValues).key !== result.requestKey) return undefined;
  const { error, exchange, value } = result.outcome;
  if (error) return { rating: 'unknown', text: titleFor(error, exchange) };
  const [bucket] = value.buckets ?? [];
  return bucket ? describeBucket(bucket) : { rating: 'unknown', text: t('check.none') };
}

export function showBucketCheck(state: State): void {
  const { form, bucketCheck, checkProgress } = state;
  const button = byId('check');
  const reason = byId('check-reason');
  button.textContent = t(checkProgress ? 'check.busy' : 'check.button');
  button.setAttribute('aria-busy', String(checkProgress !== undefined));
  setUnavailable(button, form.createsBucket, form.createsBucket ? reason : undefined);
  reason.textContent = form.createsBucket
    ? t('check.newBucket')
    : bucketCheck?.isIncomplete
      ? t('check.incomplete')
      : '';
  reason.hidden = reason.textContent === '';
  showResult(state);
}

function showResult(state: State): void {
  const { form, bucketCheck, validated, checkProgress } = state;
  const element = byId('check-result');
  const result = bucketCheck?.result;
  element.hidden = form.createsBucket || !(result || checkProgress);
  if (element.hidden) return;
  // The result of an earlier check would read like that of the check in flight.
  if (checkProgress) {
    const text = describe(checkProgress, performance.now());
    element.classList.remove('stale');
    render(element, [languageCode(), text], () => [h('p', { class: 'hint' }, text)]);
    return;
  }
  if (!result) return;
  const { requestKey, outcome } = result;
  const isStale = bucketCheckRequest(validated.draft, form.pageValues).key !== requestKey;
  element.classList.toggle('stale', isStale);
  render(element, [languageCode(), isStale, result.number], () => [
    h('h3', {}, t('check.heading'), isStale && h('span', { class: 'badge warning' }, t('check.stale'))),
    ...(outcome.error
      ? renderFailure(state, outcome, { operation: 'check' })
      : renderBuckets(outcome.value.buckets ?? [])),
  ]);
}
