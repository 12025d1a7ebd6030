// The requests of the signing proxy to the service: the vendor's Python signer computes the same signature, and the
// emulator accepts them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createEmulator } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { AWKWARD_NAMES, encoded, generator } from './random-requests.mjs';
import { vendorPython } from './vendor.mjs';

const COUNT = 300;
const SEED = 20261122;
const NOW = Date.UTC(2026, 10, 22, 12, 5, 0);
const PERMANENT = { accessKeyId: 'SAMPLE0ONLY0PROXY000', secretAccessKey: 'not-a-secret/of-the-proxy-test' };
const TEMPORARY = {
  accessKeyId: 'SAMPLE0ONLY0PROXY001',
  secretAccessKey: 'not-a-secret/either',
  securityToken: 'gQpjbi1ub3J0aC0x+/==',
};
const ENDPOINTS = ['https://cts.eu-west-101.myhuaweicloud.eu', 'http://127.0.0.1:8788'];

/** A valid body with its path. */
function valid(random, n) {
  const id = random.chance(0.8) ? random.text([...'0123456789abcdef'], 32, 32) : random.text([...'AZaz09_-'], 1, 64);
  const name = () => random.text([...'abcxyz019'], 3, 20);
  if (random.chance(0.3)) {
    const query = [
      ...(random.chance(0.8) ? [['tracker_name', random.one([...AWKWARD_NAMES, name()])]] : []),
      ...(random.chance(0.5) ? [['tracker_type', random.one(['system', 'data'])]] : []),
    ];
    if (random.chance(0.5)) query.reverse();
    const search = query.map(([key, value]) => `${key}=${encoded(value)}`).join('&');
    return { path: `/v3/${id}/trackers${search && `?${search}`}`, query };
  }
  if (random.chance(0.4)) {
    const buckets = Array.from({ length: random.below(4) }, () => ({
      bucket_name: name(),
      bucket_location: 'cn-north-1',
    }));
    return { path: `/v3/${id}/checkbucket`, body: { buckets } };
  }
  const body = {
    tracker_type: 'data',
    tracker_name: `t${n}`,
    data_bucket: { data_bucket_name: `${name()}-data`, data_event: ['READ'] },
  };
  if (random.chance(0.5))
    body.obs_info = {
      bucket_name: name(),
      is_obs_created: random.chance(0.5),
      file_prefix_name: random.text([...'aZ0._-'], 0, 9),
    };
  if (random.chance(0.5)) body.is_lts_enabled = random.chance(0.5);
  return { path: `/v3/${id}/tracker`, body };
}

describe('the proxy', () => {
  let vendor;
  before(
    async () => {
      vendor = await vendorPython();
    },
    { timeout: 300_000 },
  );
  after(() => vendor?.end());

  for (const [how, credentials] of [
    ['permanent', PERMANENT],
    ['temporary', TEMPORARY],
  ]) {
    for (const endpoint of ENDPOINTS) {
      test(`with ${how} keys, to ${endpoint}`, async () => {
        const random = generator(SEED);
        const emulator = createEmulator({ credentials: [credentials], now: () => NOW });
        const sent = [];
        const proxy = createSigningProxy({
          endpoint,
          credentials,
          now: () => NOW,
          allowLookup: true,
          allowedHosts: ['127.0.0.1:8787'],
          async fetch(url, init) {
            const request = new Request(url, init);
            sent.push({ request: request.clone(), body: new Uint8Array(await request.clone().arrayBuffer()) });
            return emulator.fetch(request);
          },
        });
        for (let n = 0; n < COUNT; n += 1) {
          const { path, query, body } = valid(random, n);
          const response = await proxy.fetch(
            new Request(`http://127.0.0.1:8787${path}`, {
              method: body ? 'POST' : 'GET',
              headers: {
                host: '127.0.0.1:8787',
                'x-requested-with': 'cts-tracker',
                ...(body && { 'content-type': 'application/json' }),
              },
              body: body && JSON.stringify(body),
            }),
          );
          const text = await response.text();
          assert.equal(sent.length, n + 1, text);
          const seen = emulator.state().requests.at(-1);
          assert.equal(response.headers.get('x-request-id'), seen.requestId);
          assert.notEqual(seen.status, 401, text);
          if (query) {
            const sentUrl = new URL(sent[n].request.url);
            assert.equal(seen.status, 200, text);
            // Every name and value arrives, in the order of the canonical request.
            assert.deepEqual([...sentUrl.searchParams], query.toSorted());
          }
        }

        const signed = await vendor.ask({
          sign: sent.map(({ request, body }) => {
            const url = new URL(request.url);
            const names = /SignedHeaders=([^,]+),/.exec(request.headers.get('authorization'))[1].split(';');
            const value = (name) => (name === 'host' ? url.host : request.headers.get(name));
            // The vendor's SDK adds the token.
            const headers = names
              .filter((name) => name !== 'x-security-token')
              .map((name) => [name === 'content-type' ? 'Content-Type' : name, value(name)]);
            return {
              method: request.method,
              host: url.host,
              path: url.pathname,
              query: [...url.searchParams],
              headers,
              credentials,
              body: Buffer.from(body).toString('hex'),
            };
          }),
        });
        for (const [i, { request }] of sent.entries()) {
          assert.equal(
            request.headers.get('authorization'),
            signed[i].authorization,
            `request ${i}\n${signed[i].canonicalRequest}`,
          );
        }
      });
    }
  }
});
