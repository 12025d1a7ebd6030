// The bucket check: its button, and its result for the bucket.
import type { Bucket } from 'cts-tracker';
import { byId, h, render } from '../../dom.js';
import { findText, languageCode, t } from '../../i18n.js';
import type { State } from '../state.js';
import { bucketCheckRequest } from '../validate.js';
import { setUnavailable } from './actions.js';
import { renderFailure } from './failure.js';

/** What the check found out about a bucket. A bucket that fails the check is in a successful response. */
export function describeBucket({ check_bucket_response: result }: Bucket): {
  rating: 'good' | 'bad' | 'unknown';
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

export function showBucketCheck(state: State): void {
  const { form, bucketCheck, isCheckingBucket } = state;
  const button = byId('check');
  const reason = byId('check-reason');
  button.textContent = t(isCheckingBucket ? 'check.busy' : 'check.button');
  button.setAttribute('aria-busy', String(isCheckingBucket));
  setUnavailable(button, form.createsBucket, form.createsBucket ? reason : undefined);
  reason.textContent = form.createsBucket
    ? t('check.newBucket')
    : bucketCheck?.isIncomplete
      ? t('check.incomplete')
      : '';
  reason.hidden = reason.textContent === '';
  showResult(state);
}

function showResult({ form, bucketCheck, validated }: State): void {
  const element = byId('check-result');
  const result = bucketCheck?.result;
  element.hidden = form.createsBucket || !result;
  if (element.hidden || !result) return;
  const { requestKey, outcome } = result;
  const isStale = bucketCheckRequest(validated.draft, form.pageValues).key !== requestKey;
  element.classList.toggle('stale', isStale);
  render(element, [languageCode(), isStale, result.number], () => [
    h('h3', {}, t('check.heading'), isStale && h('span', { class: 'badge warning' }, t('check.stale'))),
    ...(outcome.error
      ? renderFailure(outcome.error, outcome.exchange, { operation: 'check' })
      : renderBuckets(outcome.value.buckets ?? [])),
  ]);
}
