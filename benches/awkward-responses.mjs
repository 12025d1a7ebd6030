// The signing proxy with responses of 1 MiB that are expensive to search. Nothing else runs while it searches one.
import { performance } from 'node:perf_hooks';
import { createSigningProxy } from 'cts-tracker/proxy';

const SIZE = 2 ** 20 - 64;
const ROUNDS = 5;
const LIMIT_MS = 50;
/** Parts of escapes, and plain text for comparison. */
const PARTS = ['x', '\\', '\\u', '\\u005c', '%', '%25', '&', '&#92;', '&amp;', '"', '\\"', '{', '[', '<', '\n', '桶'];

/** @param {string} body the response of the service */
async function duration(body) {
  const { fetch } = createSigningProxy({
    region: 'cn-north-1',
    credentials: { accessKeyId: 'BENCHMARKACCESSKEYID', secretAccessKey: 'benchmark-secret-access-key' },
    fetch: async () => new Response(body, { status: 400, headers: { 'content-type': 'application/json' } }),
  });
  const request = new Request('http://localhost/v3/2306579dc99f4c8690b14b68e734fcd9/tracker', {
    method: 'POST',
    headers: { host: 'localhost', 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
    body: '{"tracker_type":"system"}',
  });
  const from = performance.now();
  const response = await fetch(request);
  const time = performance.now() - from;
  if (response.status !== 400) throw new Error(`the proxy answered ${response.status}: ${await response.text()}`);
  return time;
}

/** @returns a section of the report, and the time of the slowest text in milliseconds */
export async function awkwardResponses() {
  const rows = [];
  let slowest = 0;
  for (const part of PARTS) {
    const body = `{"error_code":"CTS.0001","error_msg":"${part.repeat(SIZE / Buffer.byteLength(part))}"}`;
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) best = Math.min(best, await duration(body));
    slowest = Math.max(slowest, best);
    rows.push(`| \`${JSON.stringify(part).replaceAll('|', '\\|')}\` | ${best.toFixed(1)} |`);
  }
  const section = `## Responses of 1 MiB through the proxy

The proxy searches each response for its keys. The cost must not depend on what the response contains.

| repeated | min, ms |
|---|---|
${rows.join('\n')}
`;
  return { section, slowest, limit: LIMIT_MS };
}
