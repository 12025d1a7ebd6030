// cts-tracker doctor: whether what the other commands need is there, and what to do where it is not.
import { EXIT } from './failure.js';
import { columns } from './output.js';
import { baseUrlOf, fromEnvironment, VARIABLES } from './service.js';

const OLDEST_NODE = 20;
/** The gateway takes requests whose date is this near to its own. */
const SKEW_MS = 15 * 60 * 1000;
const SKEW_WARN_MS = 60 * 1000;
const TIMEOUT_MS = 10_000;
const DEFAULT_PROXY = 'http://127.0.0.1:8788';

/** Each check gives `ok`, `warn`, `fail` or `skip`, and a sentence. */
export async function doctor({ values, output, t, load, env, signal }) {
  const results = [];
  const add = (check, state, key, params) => results.push({ check, state, message: t(key, params) });
  const network = new Set(['clock', 'proxy']);

  const node = process.versions.node;
  const old = Number(node.split('.', 1)[0]) < OLDEST_NODE;
  add('node', old ? 'fail' : 'ok', old ? 'doctor.nodeOld' : 'doctor.node', { version: node, oldest: OLDEST_NODE });

  const baseUrl = values['base-url'] === undefined ? DEFAULT_PROXY : baseUrlOf(values['base-url'], t);
  try {
    const { createEmulator } = await load.emulator();
    const { validateCreateTracker, version } = await load.core();
    if (validateCreateTracker({ tracker_type: 'system' }).issues)
      throw new Error('the validator refuses a valid request');
    createEmulator().state();
    add('wasm', 'ok', 'doctor.wasm', { version });
  } catch (error) {
    add('wasm', 'fail', 'doctor.wasmFails', { reason: error?.message });
  }

  environment(env, add, t);

  const upstream = await upstreamOf(values, load, add);
  if (values.offline) {
    add('clock', 'skip', 'doctor.offline');
    add('proxy', 'skip', 'doctor.offline');
  } else {
    await clock(upstream, add, signal);
    await reachable(baseUrl, values['base-url'] !== undefined, add, signal);
  }

  const failed = results.filter(({ state }) => state === 'fail');
  const align = columns([4, 12]);
  await output.lines(align(results.map(({ check, state, message }) => [t(`doctor.${state}`), check, message])));
  await output.objects([
    ...results.map((result) => ({ type: 'check', ...result })),
    { type: 'summary', command: 'doctor', failed: failed.length },
  ]);
  if (failed.some(({ check }) => !network.has(check))) return EXIT.issues;
  return failed.length > 0 ? EXIT.service : EXIT.fine;
}

/** Which variables are there. What is in them is shown nowhere. */
function environment(env, add, t) {
  const has = Object.fromEntries(
    Object.keys(VARIABLES).map((what) => [what, fromEnvironment(env, what) !== undefined]),
  );
  const names = (...all) => all.map((what) => VARIABLES[what][0]).join(t('comma'));
  if (has.accessKeyId && has.secretAccessKey)
    add('keys', 'ok', has.securityToken ? 'doctor.keysTemporary' : 'doctor.keys');
  else if (has.accessKeyId !== has.secretAccessKey) {
    add('keys', 'fail', 'doctor.keysHalf', { missing: names(has.accessKeyId ? 'secretAccessKey' : 'accessKeyId') });
  } else add('keys', 'warn', 'doctor.keysNone', { names: names('accessKeyId', 'secretAccessKey') });
  const spaced = Object.values(VARIABLES)
    .flat()
    .filter((name) => env[name] && env[name] !== env[name].trim());
  if (spaced.length > 0) add('keys', 'fail', 'doctor.keysSpaced', { names: spaced.join(t('comma')) });
  const ids = ['projectId', 'domainId'].filter((what) => !has[what]);
  if (ids.length === 0) add('ids', 'ok', 'doctor.ids');
  else add('ids', 'warn', 'doctor.idsMissing', { names: names(...ids) });
}

/** Where the proxy would send, asked of the proxy itself: nothing is sent. */
async function upstreamOf({ region, endpoint }, load, add) {
  if (!region && !endpoint) {
    add('region', 'skip', 'doctor.noRegion');
    return undefined;
  }
  const id = 'doctor';
  let upstream;
  try {
    const { createSigningProxy } = await load.proxy();
    const proxy = createSigningProxy({
      ...(region ? { region } : { endpoint }),
      credentials: { accessKeyId: 'doctor', secretAccessKey: 'doctor' },
      allowedHosts: ['127.0.0.1'],
      fetch: async (request) => {
        upstream = new URL(request?.url ?? request).origin;
        return new Response('{}', { status: 400, headers: { 'content-type': 'application/json' } });
      },
    });
    await proxy.fetch(
      new Request(`http://127.0.0.1/v3/${id}/tracker`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
        body: '{"tracker_type":"system"}',
      }),
    );
    add('region', 'ok', 'doctor.region', { region: region ?? endpoint, upstream });
  } catch (error) {
    add('region', 'fail', 'doctor.regionUnknown', { reason: error?.message });
  }
  return upstream;
}

async function clock(upstream, add, signal) {
  if (!upstream) return add('clock', 'skip', 'doctor.noRegion');
  const before = Date.now();
  let answer;
  try {
    answer = await ask(upstream, signal);
  } catch (error) {
    return add('clock', 'fail', 'doctor.unreachable', { upstream, reason: reasonOf(error) });
  }
  const now = (before + Date.now()) / 2;
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return add('clock', 'warn', 'doctor.noDate', { upstream });
  // The header counts whole seconds.
  const skew = now - (theirs + 500);
  const state = Math.abs(skew) >= SKEW_MS ? 'fail' : Math.abs(skew) >= SKEW_WARN_MS ? 'warn' : 'ok';
  return add('clock', state, state === 'ok' ? 'doctor.clock' : 'doctor.clockSkew', {
    seconds: Math.round(Math.abs(skew) / 1000),
    upstream,
  });
}

async function reachable(baseUrl, asked, add, signal) {
  try {
    const answer = await ask(`${baseUrl}/-/healthz`, signal);
    await answer.body?.cancel();
    if (answer.ok) add('proxy', 'ok', 'doctor.proxy', { url: baseUrl });
    else add('proxy', 'fail', 'doctor.proxyOther', { url: baseUrl, status: answer.status });
  } catch (error) {
    if (asked) add('proxy', 'fail', 'doctor.proxyDown', { url: baseUrl, reason: reasonOf(error) });
    else add('proxy', 'skip', 'doctor.proxyNone', { url: baseUrl });
  }
}

const ask = (url, signal) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
const reasonOf = (error) => error?.cause?.code ?? error?.cause?.message ?? error?.message;
