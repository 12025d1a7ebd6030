// Our signer computes the same bytes as the vendor's signers, and our verifier accepts their requests.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { createCtsClient } from 'cts-tracker';
import { signRequest, verifyRequest } from 'cts-tracker/signing';
import { at, installNpm } from '../../tools/common.mjs';
import { AWKWARD_NAMES, anyRequest, generator, plainRequest } from './random-requests.mjs';
import { vendorPython } from './vendor.mjs';

const COUNT = Number(process.env.INTEROP_REQUESTS ?? 10_000);
const SEED = Number(process.env.INTEROP_SEED ?? 20261122);
const BATCH = 500;

const sign = ({ method, url, headers, body, data, credentials }) =>
  signRequest({
    method,
    url,
    headers,
    credentials,
    body: body ?? (data === undefined ? undefined : JSON.stringify(data)),
  });

const DATE = '20261122T120500Z';
const KEYS = { accessKeyId: 'SAMPLE0ONLY0INTEROP0', secretAccessKey: 'not-a-secret/of-the-interop-test' };

/** What the client sends to list trackers, with one and with both parameters. */
async function lookups() {
  const urls = [];
  const client = createCtsClient({
    baseUrl: 'https://cts.eu-west-101.myhuaweicloud.eu',
    projectId: '2306579dc99f4c8690b14b68e734fcd9',
    async fetch(url) {
      urls.push(new URL(url));
      return Response.json({ trackers: [] });
    },
  });
  for (const trackerName of AWKWARD_NAMES) {
    await client.listTrackers({ trackerName });
    await client.listTrackers({ trackerName, trackerType: 'data' });
  }
  const headers = (url) => [
    ['host', url.host],
    ['X-Sdk-Date', DATE],
  ];
  return urls.map((url) => ({
    method: 'GET',
    url,
    query: [...url.searchParams],
    headers: headers(url),
    credentials: KEYS,
  }));
}

describe("the vendor's Python signer", () => {
  let vendor;
  before(
    async () => {
      vendor = await vendorPython();
    },
    { timeout: 300_000 },
  );
  after(() => vendor?.end());

  const theirs = (requests) =>
    vendor.ask({
      sign: requests.map(({ method, url, query, headers, body, credentials }) => ({
        method,
        host: url.host,
        path: url.pathname,
        query,
        headers,
        credentials,
        body: body && Buffer.from(body).toString('hex'),
      })),
    });

  test(`signs ${COUNT} random requests as we do`, { timeout: 300_000 }, async () => {
    const random = generator(SEED);
    for (let done = 0; done < COUNT; done += BATCH) {
      const requests = Array.from({ length: Math.min(BATCH, COUNT - done) }, () => anyRequest(random));
      const signed = await theirs(requests);
      for (const [i, request] of requests.entries()) {
        const { canonicalRequest, stringToSign, authorization } = sign(request);
        assert.deepEqual(
          { canonicalRequest, stringToSign, authorization },
          signed[i],
          `seed ${SEED}, request ${done + i}: ${request.url.href}`,
        );
      }
    }
  });

  test('signs lookups of trackers as we do', async () => {
    const requests = await lookups();
    assert.equal(requests.length, 2 * AWKWARD_NAMES.length);
    const signed = await theirs(requests);
    for (const [i, request] of requests.entries()) {
      const { canonicalRequest, stringToSign, authorization } = sign(request);
      assert.deepEqual({ canonicalRequest, stringToSign, authorization }, signed[i], request.url.href);
    }
  });

  test('our verifier accepts its requests', async () => {
    const random = generator(SEED + 1);
    const requests = Array.from({ length: BATCH }, () => anyRequest(random));
    const signed = await theirs(requests);
    for (const [i, { method, url, headers, body, credentials }] of requests.entries()) {
      const sent = headers.map(([name, value]) => [name, Buffer.from(value.trim()).toString('latin1')]);
      sent.push(['Host', url.host], ['Authorization', signed[i].authorization]);
      if (credentials.securityToken) sent.push(['X-Security-Token', credentials.securityToken]);
      const type = headers.find(([name]) => name === 'Content-Type')?.[1] ?? 'application/json';
      // The SDK adds this header for a body that it does not hash.
      if (!/^application\/(json|bson)/.test(type)) sent.push(['X-Sdk-Content-Sha256', 'UNSIGNED-PAYLOAD']);
      const date = headers.find(([name]) => name === 'X-Sdk-Date')[1];
      const now = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
      const request = { method, url: url.href, headers: sent, body: body ?? '' };
      const verdict = await verifyRequest(request, () => credentials, { now: () => now });
      assert.equal(
        verdict.valid,
        true,
        `seed ${SEED + 1}, request ${i}: ${JSON.stringify(verdict)}\n${signed[i].canonicalRequest}`,
      );
    }
  });
});

describe("the vendor's Node core", () => {
  let signer;
  let Keys;
  before(
    async () => {
      await installNpm(at('tests', 'interop'), "the vendor's Node core");
      const require = createRequire(import.meta.url);
      ({ AKSKSigner: signer } = require('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'));
      ({ BasicCredentials: Keys } = require('@huaweicloud/huaweicloud-sdk-core'));
    },
    { timeout: 300_000 },
  );

  /** Compares what we sign with what it signs. */
  function compare(request, description) {
    const { method, url, query, data, credentials } = request;
    // It treats the token like any other header.
    const headers = Object.fromEntries(request.headers);
    if (credentials.securityToken) headers['X-Security-Token'] = credentials.securityToken;
    let canonical;
    const hash = signer.getStringToSign;
    signer.getStringToSign = (...parts) => {
      canonical = parts;
      return hash.apply(signer, parts);
    };
    const keys = new Keys().withAk(credentials.accessKeyId).withSk(credentials.secretAccessKey);
    const theirs = signer.sign(
      { method, endpoint: url.href, headers, queryParams: Object.fromEntries(query), data },
      keys,
    );
    signer.getStringToSign = hash;
    const ours = sign(request);
    assert.equal(ours.stringToSign, canonical.join('\n'), `${description}\n${ours.canonicalRequest}`);
    assert.equal(ours.authorization, theirs.Authorization, `${description}\n${ours.canonicalRequest}`);
  }

  test(`signs ${COUNT} random requests as we do, where the vendor's signers agree`, () => {
    const random = generator(SEED + 2);
    for (let done = 0; done < COUNT; done += 1) {
      const request = plainRequest(random);
      compare(request, `seed ${SEED + 2}, request ${done}: ${request.url.href}`);
    }
  });

  test('signs lookups of trackers as we do', async () => {
    for (const request of await lookups()) compare(request, request.url.href);
  });
});
