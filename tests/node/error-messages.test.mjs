// The messages of failed calls, and the meaning of the codes of the service.
import assert from 'node:assert/strict';
import test from 'node:test';
import { en, errorCodes, formatServiceCode, zhCN } from 'cts-tracker';
import { internal } from '../support/internal.mjs';
import { LOCALES } from './support/messages.mjs';

const { errorMessage } = await internal('messages/error-message.ts');
const { serviceCodeKey } = await internal('messages/service-codes.ts');

test('formatServiceCode explains the codes of the service', () => {
  for (const locale of LOCALES)
    for (const code of Object.keys(errorCodes))
      assert.equal(formatServiceCode(code, locale), locale.serviceCodes[code]);
  assert.equal(formatServiceCode('CTS.0201'), en.serviceCodes['CTS.0201']);
  assert.equal(formatServiceCode('apig.0301', zhCN), zhCN.serviceCodes['APIGW.0301']);
  for (const code of ['CTS.9999', '', '__proto__', 'toString']) assert.equal(formatServiceCode(code), undefined);
});

test('a code that may be about several fields names each', () => {
  const transfer = 'obs_info.bucket_name';
  const tracked = 'data_bucket.data_bucket_name';
  for (const [code, fields] of [
    ['CTS.0209', ['data_bucket.data_event', tracked]],
    ['CTS.0211', [transfer, tracked]],
    ['CTS.0213', [tracked, transfer]],
    ['CTS.0231', [transfer, tracked]],
  ])
    assert.deepEqual(errorCodes[code].fields, fields);
});

test('the message of a failed call has its kind and the meaning of the service code', () => {
  assert.equal(errorMessage('timeout'), 'There was no response in time.');
  assert.equal(errorMessage('timeout', undefined, zhCN), '在规定的时间内没有收到响应。');
  assert.match(
    errorMessage('conflict', { errorCode: 'cts.0201' }),
    /^Such a resource already exists\. CTS\.0201: The management/,
  );
  assert.match(errorMessage('auth', { errorCode: 'APIG.0301', status: 401 }, zhCN), /^身份认证失败.*APIGW\.0301：签名/);
  assert.equal(errorMessage('rejected', { errorCode: 'CTS.9999' }), 'The service rejected the request. (CTS.9999)');
  // The kind's own advice is stricter than "try again later".
  assert.equal(
    errorMessage('unavailable', { errorCode: 'APIGW.0613', status: 503 }),
    'The service is unavailable. Do not send this request again unchanged. (APIGW.0613)',
  );
  const unknown =
    'The request may have been sent; the result is unknown. Check whether the tracker exists before you try again.';
  assert.equal(
    errorMessage('outcome_unknown', { errorCode: 'CTS.0004', status: 500, mayAlreadyExist: true }),
    `${unknown} (CTS.0004)`,
  );
  // Once there was a response, the proxy is not the likely cause.
  assert.equal(
    errorMessage('outcome_unknown', { mayAlreadyExist: true }),
    `${unknown} If every request fails like this, check that the proxy runs at the base URL and allows this page.`,
  );
  for (const kind of ['bad_response', 'aborted', 'conflict']) {
    assert.doesNotMatch(errorMessage(kind), /may have been created/);
    assert.match(
      errorMessage(kind, { mayAlreadyExist: true }),
      /\. The tracker may have been created by .*\. Check whether it exists/,
    );
    assert.match(errorMessage(kind, { mayAlreadyExist: true }, zhCN), /。追踪器可能已由本次或之前的调用创建/);
  }
  assert.match(errorMessage('auth', { sent: 'no' }), /^The headers of the request could not be obtained/);
  assert.equal(errorMessage('rejected', { errorCode: '$&{advice}' }), 'The service rejected the request. ($&{advice})');
  assert.equal(errorMessage('rejected', { errorCode: 'CTS.9999' }, zhCN), '服务拒绝了该请求。（CTS.9999）');
  assert.equal(
    errorMessage(
      'rejected',
      { errorCode: 'CTS.9999' },
      { ...en, errorKinds: { rejected: 'No.' }, errorPhrases: { unknownCode: ' [{code}]' } },
    ),
    'No. [CTS.9999]',
  );
  assert.equal(
    errorMessage('rejected', { errorCode: 'CTS.0201' }, { ...en, serviceCodes: { 'CTS.0201': 'Again.' } }),
    'The service rejected the request. CTS.0201: Again.',
  );
  assert.equal(serviceCodeKey('apig.0308'), 'APIGW.0308');
  assert.equal(serviceCodeKey('obs.NoSuchBucket'), 'OBS.NoSuchBucket');
  assert.equal(serviceCodeKey('403'), '403');
});
