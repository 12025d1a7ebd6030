// Checks whether traces can be transferred to the bucket of the form.
import type { CheckObsBucketsRequestBody, CheckObsBucketsResponse } from 'cts-tracker';
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { joinSentences, t, withLabel } from '../i18n.js';
import { advance, describe, started } from '../progress.js';
import type { Outcome } from '../recording-client.js';
import { adviceFor, titleFor } from './failure.js';
import { keepServiceError } from './service-error.js';
import type { State } from './state.js';
import { update } from './update.js';
import { bucketCheckRequest } from './validate.js';
import { isUnavailable } from './view/actions.js';
import { describeBucket, showBucketCheck } from './view/bucket-check.js';
import { showMessages } from './view/messages.js';
import { showPreview } from './view/preview.js';
import { showReview } from './view/review.js';

const FIELDS = ['obs_info.bucket_name', 'bucket_location', 'domain_id', 'kms_id'];

let checkCount = 0;

export async function checkBucket(state: State): Promise<void> {
  const { form } = state;
  if (state.checkProgress) return;
  if (isUnavailable(byId('check'))) {
    announce(t('check.newBucket'));
    return;
  }
  state.bucketCheck = { isIncomplete: false };
  state.serviceError = undefined;
  for (const path of FIELDS) form.fields.get(path)?.setInteraction(true);
  update(state);
  const { body, key, errors } = bucketCheckRequest(state.validated.draft, form.pageValues);
  if (!body || errors.length > 0) {
    state.bucketCheck.isIncomplete = true;
    showBucketCheck(state);
    announce(t('check.incomplete'));
    const invalid = new Set(errors.map(({ path }) => form.fieldFor(path)));
    [...form.fields.values()].find((field) => invalid.has(field))?.focus();
    return;
  }
  announce(t('check.busy'));
  const outcome = await send(state, body, key);
  if (outcome.error) keepServiceError(state, outcome.error);
  showMessages(state);
  announce(summarize(outcome));
}

/** Checks the bucket of a request that is reviewed, unless its check is known. */
export function checkForReview(state: State): void {
  const { pageValues, createsBucket } = state.form;
  const { body, key, errors } = bucketCheckRequest(state.validated.draft, pageValues);
  const isKnown = state.bucketCheck?.result?.requestKey === key && !state.bucketCheck.result.outcome.error;
  const isNeeded = pageValues.transferToObs && !createsBucket && !isKnown && !state.checkProgress;
  if (isNeeded && body && errors.length === 0) void send(state, body, key);
}

async function send(
  state: State,
  body: CheckObsBucketsRequestBody,
  requestKey: string,
): Promise<Outcome<CheckObsBucketsResponse>> {
  const show = () => {
    showBucketCheck(state);
    showPreview(state);
    showReview(state);
  };
  state.checkProgress = started;
  show();
  const outcome = await state.checkClient.call(
    (client) => client.checkObsBuckets(body, { domainId: state.account.domainId }),
    (event) => {
      const now = performance.now();
      state.checkProgress = advance(state.checkProgress ?? started, event, now);
      if (event.type === 'retry') announce(describe(state.checkProgress, now));
      show();
    },
  );
  state.checkProgress = undefined;
  checkCount += 1;
  state.bucketCheck = { isIncomplete: false, result: { number: checkCount, requestKey, outcome } };
  show();
  return outcome;
}

function summarize({ error, exchange, value }: Outcome<CheckObsBucketsResponse>): string {
  if (error) return withLabel(titleFor(error, exchange), [adviceFor(error, exchange, 'check')]);
  const results = (value.buckets ?? []).map((bucket) =>
    withLabel(bucket.bucket_name ?? '', [describeBucket(bucket).text]),
  );
  return results.length > 0 ? joinSentences(results) : t('check.none');
}
