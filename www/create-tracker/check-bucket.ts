// Checks whether traces can be transferred to the bucket of the form.
import type { CheckObsBucketsResponse } from 'cts-tracker';
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { joinSentences, t, withLabel } from '../i18n.js';
import type { Outcome } from '../recording-client.js';
import { adviceFor, codeMeaning, titleFor } from './failure.js';
import { keepServiceError } from './service-error.js';
import type { State } from './state.js';
import { update } from './update.js';
import { bucketCheckRequest } from './validate.js';
import { isUnavailable } from './view/actions.js';
import { describeBucket, showBucketCheck } from './view/bucket-check.js';
import { showMessages } from './view/messages.js';

const FIELDS = ['obs_info.bucket_name', 'bucket_location', 'domain_id', 'kms_id'];

let checkCount = 0;

export async function checkBucket(state: State): Promise<void> {
  const { form } = state;
  if (state.isCheckingBucket) return;
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

  state.isCheckingBucket = true;
  showBucketCheck(state);
  announce(t('check.busy'));
  const outcome = await state.checkClient.call((client) =>
    client.checkObsBuckets(body, { domainId: form.pageValues.domainId }),
  );
  state.isCheckingBucket = false;
  checkCount += 1;
  state.bucketCheck = { isIncomplete: false, result: { number: checkCount, requestKey: key, outcome } };
  if (outcome.error) keepServiceError(state, outcome.error);
  showMessages(state);
  showBucketCheck(state);
  announce(summarize(outcome));
}

function summarize({ error, exchange, value }: Outcome<CheckObsBucketsResponse>): string {
  if (error) return withLabel(titleFor(error), [adviceFor(error, exchange, 'check'), codeMeaning(error) ?? '']);
  const results = (value.buckets ?? []).map((bucket) =>
    withLabel(bucket.bucket_name ?? '', [describeBucket(bucket).text]),
  );
  return results.length > 0 ? joinSentences(results) : t('check.none');
}
