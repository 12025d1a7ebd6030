// A client whose `fetch` answers what a test gives it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { CtsError, createCtsClient, isCtsError } from 'cts-tracker';

const unheard = [];
process.on('unhandledRejection', (reason) => unheard.push(reason));
test.after(() => assert.deepEqual(unheard, []));

export const BASE = 'http://127.0.0.1:9/api/';
export const ID = '2306579dc99f4c8690b14b68e734fcd9';
export const TRACKER = { tracker_type: 'system' };
export const DATA = {
  tracker_type: 'data',
  tracker_name: 'a',
  data_bucket: { data_bucket_name: 'tracked', data_event: ['READ'] },
};
export const BUCKETS = { buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] };

export const json = (status, body, headers) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
export const created = (body) => json(201, { id: 'a', tracker_name: 'system', ...body });
export const problem = (status, body) => json(status, body, { 'content-type': 'application/problem+json' });
export const echo = async (request) =>
  json(200, {
    buckets: (await request.json()).buckets.map((bucket) => ({
      ...bucket,
      check_bucket_response: { response_code: 200, success: true },
    })),
  });

/** A client that gets these answers in turn; the last one is repeated. */
export function clientOf(answers, options) {
  const requests = [];
  const list = [answers].flat();
  const fetch = async (url, init) => {
    const request = new Request(url, init);
    requests.push(request);
    const answer = list[Math.min(requests.length, list.length) - 1];
    return typeof answer === 'function' ? answer(request) : answer.clone();
  };
  return { requests, client: createCtsClient({ baseUrl: BASE, projectId: ID, domainId: ID, fetch, ...options }) };
}

export async function fails(promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(isCtsError(error) && error instanceof CtsError, String(error));
    return error;
  }
  return assert.fail('the call did not fail');
}

/** Runs while `Math.random` returns a value that the wasm rejects, which counts as a trap. */
export async function trap(run) {
  const { random } = Math;
  Math.random = () => 1n;
  try {
    return await run();
  } finally {
    Math.random = random;
  }
}
