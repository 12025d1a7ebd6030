// cts-tracker doctor: checks what the other commands need, and says how to fix what is missing.

import { own } from '../options.js';
import { environmentProxies, withoutCredentials } from '../server/environment-proxies.js';
import { asError, EXIT } from './cli-error.js';
import { describeSkew, MAX_SKEW_MS, WARN_SKEW_MS } from './clock.js';
import { type Colour, createColumns } from './columns.js';
import { type Command, type Context, command } from './command.js';
import { checkLookup, type DoctorResult, type Way } from './doctor-lookup.js';
import { credentialsFrom, fileVariable, fromEnvironment, KEYS, missingVariables, VARIABLES } from './environment.js';
import { connectionReason } from './error-text.js';
import { parseBaseUrl } from './service.js';

const OLDEST_NODE = 20;
const TIMEOUT_MS = 10_000;
const DEFAULT_PROXY = 'http://127.0.0.1:8788';

const OPTIONS = {
  region: { type: 'string' },
  endpoint: { type: 'string' },
  'base-url': { type: 'string' },
  'project-id': { type: 'string' },
  offline: { type: 'boolean' },
} as const;

/** Their failures are those of the service or the network. */
const REMOTE_CHECKS = ['clock', 'proxy', 'lookup'];

type DoctorContext = Context<typeof OPTIONS>;

const COLOURS: Readonly<Partial<Record<DoctorResult[0], Colour>>> = { ok: 'green', warn: 'yellow', fail: 'red' };

export const doctor: Command = command({
  options: OPTIONS,
  async run(context) {
    const { values, output, t } = context;
    const given = values['base-url'];
    const proxyUrl = given === undefined ? DEFAULT_PROXY : parseBaseUrl(given, t);
    const [region, upstream] = await checkRegion(context);
    const keys = await checkKeys(context);
    const clock = await checkClock(context, upstream);
    const proxy = await checkProxy(context, proxyUrl);
    const canSign =
      keys.every(([state]) => state === 'ok') && upstream !== undefined && clock[1] !== 'doctor.unreachable';
    const isProxyUsed = proxy[0] === 'ok' && (given !== undefined || !canSign);
    const lookups = await checkLookups(context, [
      ...(canSign ? [{ region: values.region, endpoint: values.endpoint }] : []),
      ...(isProxyUsed ? [{ 'base-url': proxyUrl }] : []),
    ]);
    const results: [check: string, DoctorResult][] = [
      ['node', checkNode()],
      ['wasm', await checkWasm(context)],
      ...keys.map((result): [string, DoctorResult] => ['keys', result]),
      ['ids', checkIds(context)],
      ['region', region],
      ['forward', checkForwardProxy(context)],
      ['clock', clock],
      ['proxy', proxy],
      ...lookups.map((result): [string, DoctorResult] => ['lookup', result]),
    ];
    const checks = results.map(([check, [state, key, params]]) => ({ check, state, message: t(key, params) }));
    const failed = checks.filter(({ state }) => state === 'fail');
    const rows = checks.map(({ check, state, message }) => {
      const colour = COLOURS[state];
      return [colour ? { text: t(`doctor.${state}`), colour } : t(`doctor.${state}`), check, message];
    });
    await output.lines(createColumns([4, 12])(rows));
    await output.objects(checks.map((check) => ({ type: 'check', ...check })));
    await output.summary({ command: 'doctor', failed: failed.length });
    if (failed.length === 0) return EXIT.ok;
    return failed.every(({ check }) => REMOTE_CHECKS.includes(check)) ? EXIT.service : EXIT.issues;
  },
});

function checkNode(): DoctorResult {
  const version = process.versions.node;
  const isOld = Number.parseInt(version, 10) < OLDEST_NODE;
  return isOld ? ['fail', 'doctor.nodeOld', { version, oldest: OLDEST_NODE }] : ['ok', 'doctor.node', { version }];
}

async function checkWasm({ core, load }: DoctorContext): Promise<DoctorResult> {
  try {
    const { createEmulator } = await load.emulator();
    if (core.validateCreateTracker({ tracker_type: 'system' }).issues) throw new Error('a valid request is refused');
    createEmulator().state();
    return ['ok', 'doctor.wasm', { version: core.version }];
  } catch (error) {
    return ['fail', 'doctor.wasmFails', { reason: reasonOf(error) }];
  }
}

/** Values of variables are never shown. */
async function checkKeys(context: DoctorContext): Promise<DoctorResult[]> {
  const { env, t } = context;
  const missing = missingVariables(env, ['accessKeyId', 'secretAccessKey']);
  const names = missing.join(t('comma'));
  const results: DoctorResult[] = [];
  const files = KEYS.flatMap((key) => fileVariable(env, key) ?? []);
  if (files.length > 0) results.push(await checkKeyFiles(context, files.join(t('comma'))));
  else if (missing.length === 2) results.push(['warn', 'doctor.keysNone', { names }]);
  else if (missing.length === 1) results.push(['fail', 'doctor.keysHalf', { names }]);
  else results.push(['ok', fromEnvironment(env, 'securityToken') ? 'doctor.keysTemporary' : 'doctor.keys']);
  const spaced = Object.values(VARIABLES)
    .flat()
    .map((name) => [name, own(env, name)] as const)
    .flatMap(([name, value]) => (value === value?.trim() ? [] : [name]));
  if (spaced.length > 0) results.push(['fail', 'doctor.keysSpaced', { names: spaced.join(t('comma')) }]);
  return results;
}

async function checkKeyFiles(context: DoctorContext, names: string): Promise<DoctorResult> {
  try {
    await credentialsFrom(context, 'doctor.keysNone');
    return ['ok', 'doctor.keysFile', { names }];
  } catch (error) {
    return ['fail', 'doctor.keysFileWrong', { reason: asError(error).message }];
  }
}

function checkIds({ env, t }: DoctorContext): DoctorResult {
  const missing = missingVariables(env, ['projectId', 'domainId']);
  if (missing.length === 0) return ['ok', 'doctor.ids'];
  return ['warn', 'doctor.idsMissing', { names: missing.join(t('comma')) }];
}

/** Finds out where the proxy would send a request. The request is not sent. */
async function checkRegion({ values, load }: DoctorContext): Promise<[DoctorResult, upstream?: string]> {
  const { region, endpoint } = values;
  if (!region && !endpoint) return [['skip', 'doctor.noRegion']];
  let upstream = '';
  try {
    const { createSigningProxy } = await load.proxy();
    const proxy = createSigningProxy({
      region,
      endpoint,
      credentials: { accessKeyId: 'doctor', secretAccessKey: 'doctor' },
      allowedHosts: ['127.0.0.1'],
      fetch: async (url) => {
        upstream = new URL(url).origin;
        return Response.json({}, { status: 400 });
      },
    });
    await proxy.fetch(
      new Request('http://127.0.0.1/v3/doctor/tracker', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
        body: '{"tracker_type":"system"}',
      }),
    );
    return [['ok', 'doctor.region', { region: region ?? endpoint ?? '', upstream }], upstream];
  } catch (error) {
    return [['fail', 'doctor.regionUnknown', { reason: reasonOf(error) }]];
  }
}

/** Passwords are not shown. */
function checkForwardProxy({ env }: DoctorContext): DoctorResult {
  try {
    const { https, http, noProxy } = environmentProxies(env);
    const shown = [...new Set([https, http].filter(Boolean).map(withoutCredentials))];
    if (shown.length === 0) return ['skip', 'doctor.forwardNone'];
    return ['ok', 'doctor.forward', { proxies: shown.join(' '), direct: noProxy }];
  } catch (error) {
    return ['fail', 'doctor.forwardWrong', { reason: asError(error).message }];
  }
}

async function checkClock(
  { values, signal, t, load }: DoctorContext,
  upstream: string | undefined,
): Promise<DoctorResult> {
  if (values.offline) return ['skip', 'doctor.offline'];
  if (!upstream) return ['skip', 'doctor.noRegion'];
  const sentAt = Date.now();
  try {
    const { headers } = await get(upstream, signal, load);
    const date = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(date)) return ['warn', 'doctor.noDate', { upstream }];
    // The service wrote the date about halfway, and cut it to whole seconds.
    const offset = date + 500 - (sentAt + Date.now()) / 2;
    const skew = Math.abs(offset);
    if (skew < WARN_SKEW_MS) return ['ok', 'doctor.clock', { seconds: Math.round(skew / 1000) }];
    const state = skew < MAX_SKEW_MS ? 'warn' : 'fail';
    return [state, 'doctor.clockSkew', { difference: describeSkew(offset, t) }];
  } catch (error) {
    return ['fail', 'doctor.unreachable', { upstream, reason: reasonOf(error) }];
  }
}

async function checkProxy({ values, signal, load }: DoctorContext, url: string): Promise<DoctorResult> {
  if (values.offline) return ['skip', 'doctor.offline'];
  try {
    const { ok, status, body } = await get(`${url}/-/healthz`, signal, load);
    await body?.cancel();
    return ok ? ['ok', 'doctor.proxy', { url }] : ['fail', 'doctor.proxyOther', { url, status }];
  } catch (error) {
    if (values['base-url'] === undefined) return ['skip', 'doctor.proxyNone', { url }];
    return ['fail', 'doctor.proxyDown', { url, reason: reasonOf(error) }];
  }
}

/** By each way to the service. */
async function checkLookups(context: DoctorContext, ways: readonly Way[]): Promise<DoctorResult[]> {
  const { values, env } = context;
  if (values.offline) return [['skip', 'doctor.offline']];
  const projectId = values['project-id'] ?? fromEnvironment(env, 'projectId');
  if (!projectId) return [['skip', 'doctor.lookupNoProject', { variable: VARIABLES.projectId[0] }]];
  if (ways.length === 0) return [['skip', 'doctor.lookupNoWay']];
  return Promise.all(ways.map((way) => checkLookup(context, way, projectId)));
}

async function get(url: string, signal: AbortSignal, load: DoctorContext['load']): Promise<Response> {
  const { nodeFetch } = await load.node();
  return nodeFetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
}

const reasonOf = (error: unknown): string => connectionReason(error) ?? asError(error).message;
