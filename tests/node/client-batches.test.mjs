// checkBuckets: many buckets in batches.
import assert from 'node:assert/strict';
import test from 'node:test';
import { clientOf, echo, fails, json } from './support/client.mjs';

const bucket = (i, more) => ({ bucket_name: `bucket-${i}`, bucket_location: 'cn-north-1', ...more });
const namesIn = async (request) => (await request.clone().json()).buckets.map(({ bucket_name: name }) => name);

test('checkBuckets is lazy, keeps the order and limits concurrency', async () => {
  let under = 0;
  let most = 0;
  let given = 0;
  let answered = 0;
  let ahead = 0;
  const { client, requests } = clientOf(async (request) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((done) => {
      setTimeout(done, Math.random() * 4);
    });
    under -= 1;
    const answer = await echo(request);
    answered += 20;
    return answer;
  });
  function* source() {
    for (let i = 0; i < 5001; i++) {
      given += 1;
      ahead = Math.max(ahead, given - answered);
      yield bucket(i);
    }
  }
  const progress = [];
  const results = await client.checkBuckets(source(), { onProgress: (now) => progress.push(now) });
  assert.equal(results.length, 5001);
  results.forEach(({ request, result, error }, i) => {
    assert.equal(error, undefined);
    assert.deepEqual(
      [request.bucket_name, result.bucket_name, result.check_bucket_response.success],
      [`bucket-${i}`, `bucket-${i}`, true],
    );
  });
  assert.equal(requests.length, 251);
  assert.equal(most, 4);
  assert.ok(ahead <= 100, `${ahead} were read too early`);
  assert.deepEqual(progress.at(-1), { done: 5001, failed: 0, total: 5001 });
  assert.ok(progress.every(({ done }, i) => i === 0 || done > progress[i - 1].done));
  assert.equal(progress[0].total, undefined, 'the total is unknown before the end');
  const sized = [];
  await client.checkBuckets(new Set([bucket(1)]), { onProgress: ({ total }) => sized.push(total) });
  await client.checkBuckets([], { onProgress: ({ total }) => sized.push(total) });
  assert.deepEqual(sized, [1]);
});

test('a failed batch is reported for each of its buckets, and the others are returned', async () => {
  const { client, requests } = clientOf(async (request) =>
    (await namesIn(request)).includes('bucket-3') ? json(403, { error_code: 'CTS.0002' }) : echo(request),
  );
  const progress = [];
  const results = await client.checkBuckets(
    Array.from({ length: 10 }, (_, i) => bucket(i)),
    { batchSize: 2, concurrency: 3, onProgress: (now) => progress.push(now) },
  );
  assert.deepEqual(
    results.map(({ error }) => error?.kind),
    [undefined, undefined, 'forbidden', 'forbidden', ...Array(6).fill(undefined)],
  );
  assert.ok(
    results.every(
      ({ request, result, error }, i) =>
        request.bucket_name === `bucket-${i}` && (result === undefined) === (error !== undefined),
    ),
  );
  assert.deepEqual(progress.at(-1), { done: 10, failed: 2, total: 10 });
  assert.equal(requests.length, 5, 'a refusal is not retried');
});

test('batches with a temporary failure are retried after the others', async () => {
  const seen = [];
  const { client } = clientOf(
    async (request) => {
      const [first] = await namesIn(request);
      seen.push(first);
      return first === 'bucket-0' && seen.filter((name) => name === first).length < 2 ? json(500, {}) : echo(request);
    },
    { retry: { maxRetries: 0 } },
  );
  const many = Array.from({ length: 6 }, (_, i) => bucket(i));
  const results = await client.checkBuckets(many, { batchSize: 2, concurrency: 1 });
  assert.ok(results.every(({ error }) => error === undefined));
  assert.deepEqual(seen, ['bucket-0', 'bucket-2', 'bucket-4', 'bucket-0']);

  seen.length = 0;
  const once = await client.checkBuckets(many, { batchSize: 2, concurrency: 1, retryFailed: 0 });
  assert.deepEqual(
    once.map(({ error }) => error?.kind),
    ['server', 'server', undefined, undefined, undefined, undefined],
  );
  const rest = await client.checkBuckets(once.filter(({ error }) => error).map(({ request }) => request));
  assert.deepEqual(
    rest.map(({ error }) => error),
    [undefined, undefined],
    'the remaining buckets can be checked again',
  );
});

test('an invalid bucket does not fail its batch', async () => {
  const sent = [];
  const { client, requests } = clientOf(async (request) => {
    sent.push(await namesIn(request));
    return echo(request);
  });
  const results = await client.checkBuckets([bucket(0), { bucket_name: 'A', bucket_location: '' }, null, bucket(3)]);
  assert.deepEqual(
    results.map(({ error }) => error?.kind),
    [undefined, 'validation', 'validation', undefined],
  );
  assert.deepEqual(
    results[1].error.issues.map(({ code, path }) => [code, path]),
    [
      ['too_short', ['bucket_name']],
      ['invalid_character', ['bucket_name']],
      ['required', ['bucket_location']],
    ],
  );
  assert.deepEqual(
    results[2].error.issues.map(({ path }) => path),
    [[]],
  );
  assert.equal(results[2].request, null);
  assert.deepEqual(sent, [['bucket-0', 'bucket-3']]);
  assert.equal((await client.checkBuckets([{}])).length, 1);
  assert.equal(requests.length, 1);
});

test('results are matched by name', async () => {
  const answer = (buckets) => clientOf(json(200, { buckets })).client.checkBuckets([bucket(0), bucket(1)]);
  const swapped = await answer([bucket(1), bucket(0)]);
  assert.deepEqual(
    swapped.map(({ result }) => result.bucket_name),
    ['bucket-0', 'bucket-1'],
  );
  const short = await answer([bucket(1)]);
  assert.deepEqual(
    short.map(({ error }) => error?.kind),
    ['bad_response', undefined],
  );
  const elsewhere = await answer([bucket(0, { bucket_location: 'cn-north-9' }), bucket(1)]);
  assert.deepEqual(
    elsewhere.map(({ error }) => error?.kind),
    ['bad_response', undefined],
  );
  const nameless = await answer([{ check_bucket_response: { success: true } }, bucket(1)]);
  assert.equal(nameless[0].result.check_bucket_response.success, true);
});

test('an abort reports the results so far', async () => {
  const controller = new AbortController();
  let returned = false;
  const { client, requests } = clientOf(async (request) => {
    if (requests.length > 6) return new Promise(() => {});
    return echo(request);
  });
  function* source() {
    try {
      for (let i = 0; ; i++) yield bucket(i);
    } finally {
      returned = true;
    }
  }
  setTimeout(() => controller.abort(), 60);
  const began = performance.now();
  const error = await fails(client.checkBuckets(source(), { signal: controller.signal }));
  assert.ok(performance.now() - began < 400);
  assert.deepEqual([error.kind, error.sent, error.checked.length], ['aborted', 'unknown', 120]);
  assert.ok(returned, 'the source is closed');
  assert.ok(requests.every(({ signal }, i) => i < 6 || signal.aborted));
  assert.equal('checked' in error.toJSON(), false);
  const early = await fails(client.checkBuckets([bucket(0)], { signal: AbortSignal.abort() }));
  assert.deepEqual([early.kind, early.sent], ['aborted', 'no']);
});

test('no bucket is lost if there are more errors than a validator reports', async () => {
  const { client, requests } = clientOf(echo);
  const wrong = { bucket_name: '-A', bucket_location: 5, kms_id: 5, is_support_trace_files_encryption: 5 };
  const results = await client.checkBuckets([...Array.from({ length: 199 }, () => wrong), bucket(0)], {
    batchSize: 200,
  });
  assert.ok(results.slice(0, 199).every(({ error }) => error.kind === 'validation' && error.issues.length > 0));
  assert.ok(results[199].result);
  assert.equal(requests.length, 1);
  const unjudged = clientOf(json(200, { buckets: [] })).client;
  const [none] = await unjudged.checkBuckets([null], { validate: false });
  assert.equal(none.error.kind, 'bad_response');
});

test('invalid arguments of checkBuckets, and a source that throws', async () => {
  const { client } = clientOf(echo);
  for (const [buckets, options] of [
    [undefined],
    [7],
    ['text'],
    [{}],
    [[], { concurrency: 0 }],
    [[], { batchSize: 0.5 }],
    [[], { batchSize: 1000 }],
    [[], { signal: 1 }],
  ]) {
    assert.equal((await fails(client.checkBuckets(buckets, options))).kind, 'validation');
  }
  function* source() {
    for (let i = 0; i < 30; i++) yield bucket(i);
    throw new Error('the file ends here');
  }
  const error = await fails(client.checkBuckets(source()));
  assert.deepEqual(
    [error.kind, error.message, error.cause.message],
    ['validation', 'the file ends here', 'the file ends here'],
  );
});
