// cts-tracker doctor: checks what the other commands need, and says how to fix what is missing.
import { EXIT } from './cli-error.js';
import { createColumns } from './columns.js';
import { type Command, type Context, command } from './command.js';
import { fromEnvironment, type Setting, VARIABLES } from './environment.js';
import { parseBaseUrl } from './service.js';
import type { TextKey } from './texts.js';

const OLDEST_NODE = 20;
/** The gateway refuses a request whose date differs more from its own clock. */
const MAX_SKEW_MS = 15 * 60 * 1000;
const WARN_SKEW_MS = 60 * 1000;
const TIMEOUT_MS = 10_000;
const DEFAULT_PROXY = 'http://127.0.0.1:8788';

const OPTIONS = {
  region: { type: 'string' },
  endpoint: { type: 'string' },
  'base-url': { type: 'string' },
  offline: { type: 'boolean' },
} as const;

type DoctorContext = Context<typeof OPTIONS>;

interface Result {
  readonly check: 'node' | 'wasm' | 'keys' | 'ids' | 'region' | 'clock' | 'proxy';
  readonly state: 'ok' | 'warn' | 'fail' | 'skip';
  readonly key: TextKey;
  readonly params?: Readonly<Record<string, string | number>>;
}

const NETWORK_CHECKS: readonly Result['check'][] = ['clock', 'proxy'];

export const doctor: Command = command({
  options: OPTIONS,
  async run(context) {
    const { values, output, t, env } = context;
    const given = values['base-url'];
    const baseUrl = given === undefined ? DEFAULT_PROXY : parseBaseUrl(given, t);
    const { region, upstream } = await checkRegion(context);
    const results = [
      checkNode(),
      await checkWasm(context),
      ...checkKeys(env, t('comma')),
      checkIds(env, t('comma')),
      region,
      await checkClock(context, upstream),
      await checkProxy(context, baseUrl),
    ];

    const failed = results.filter(({ state }) => state === 'fail');
    const checks = results.map(({ check, state, key, params }) => ({ check, state, message: t(key, params) }));
    await output.lines(
      createColumns([4, 12])(checks.map(({ check, state, message }) => [t(`doctor.${state}`), check, message])),
    );
    await output.objects(checks.map((check) => ({ type: 'check', ...check })));
    await output.summary({ command: 'doctor', failed: failed.length }, []);
    if (failed.length === 0) return EXIT.ok;
    return failed.every(({ check }) => NETWORK_CHECKS.includes(check)) ? EXIT.service : EXIT.issues;
  },
});

function checkNode(): Result {
  const version = process.versions.node;
  const old = Number.parseInt(version, 10) < OLDEST_NODE;
  return {
    check: 'node',
    state: old ? 'fail' : 'ok',
    key: old ? 'doctor.nodeOld' : 'doctor.node',
    params: { version, oldest: OLDEST_NODE },
  };
}

async function checkWasm({ load }: DoctorContext): Promise<Result> {
  const check = 'wasm';
  try {
    const { createEmulator } = await load.emulator();
    const { validateCreateTracker, version } = await load.core();
    if (validateCreateTracker({ tracker_type: 'system' }).issues) throw new Error('a valid request is refused');
    createEmulator().state();
    return { check, state: 'ok', key: 'doctor.wasm', params: { version } };
  } catch (error) {
    return { check, state: 'fail', key: 'doctor.wasmFails', params: { reason: reasonOf(error) } };
  }
}

/** Values of variables are never shown. */
function checkKeys(env: NodeJS.ProcessEnv, comma: string): Result[] {
  const check = 'keys';
  const missing = (['accessKeyId', 'secretAccessKey'] as const).filter((key) => !fromEnvironment(env, key));
  const names = namesOf(missing, comma);
  const results: Result[] = [];
  if (missing.length === 0) {
    const key = fromEnvironment(env, 'securityToken') ? 'doctor.keysTemporary' : 'doctor.keys';
    results.push({ check, state: 'ok', key });
  } else if (missing.length === 1) results.push({ check, state: 'fail', key: 'doctor.keysHalf', params: { names } });
  else results.push({ check, state: 'warn', key: 'doctor.keysNone', params: { names } });
  const spaced = Object.values(VARIABLES)
    .flat()
    .filter((name) => env[name] !== env[name]?.trim());
  if (spaced.length > 0) {
    results.push({ check, state: 'fail', key: 'doctor.keysSpaced', params: { names: spaced.join(comma) } });
  }
  return results;
}

function checkIds(env: NodeJS.ProcessEnv, comma: string): Result {
  const missing = (['projectId', 'domainId'] as const).filter((id) => !fromEnvironment(env, id));
  if (missing.length === 0) return { check: 'ids', state: 'ok', key: 'doctor.ids' };
  return { check: 'ids', state: 'warn', key: 'doctor.idsMissing', params: { names: namesOf(missing, comma) } };
}

const namesOf = (settings: readonly Setting[], comma: string) =>
  settings.map((setting) => VARIABLES[setting][0]).join(comma);

/** Finds out where the proxy would send a request. It is not sent. */
async function checkRegion({ values, load }: DoctorContext): Promise<{ region: Result; upstream?: string }> {
  const check = 'region';
  const { region, endpoint } = values;
  if (!region && !endpoint) return { region: { check, state: 'skip', key: 'doctor.noRegion' } };
  let upstream = '';
  try {
    const { createSigningProxy } = await load.proxy();
    const proxy = createSigningProxy({
      ...(region ? { region } : { endpoint }),
      credentials: { accessKeyId: 'doctor', secretAccessKey: 'doctor' },
      allowedHosts: ['127.0.0.1'],
      fetch: async (url) => {
        upstream = new URL(url).origin;
        return new Response('{}', { status: 400, headers: { 'content-type': 'application/json' } });
      },
    });
    await proxy.fetch(
      new Request('http://127.0.0.1/v3/doctor/tracker', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
        body: '{"tracker_type":"system"}',
      }),
    );
    const params = { region: region ?? endpoint ?? '', upstream };
    return { region: { check, state: 'ok', key: 'doctor.region', params }, upstream };
  } catch (error) {
    const params = { reason: reasonOf(error) };
    return { region: { check, state: 'fail', key: 'doctor.regionUnknown', params } };
  }
}

async function checkClock({ values, signal }: DoctorContext, upstream: string | undefined): Promise<Result> {
  const check = 'clock';
  if (values.offline) return { check, state: 'skip', key: 'doctor.offline' };
  if (!upstream) return { check, state: 'skip', key: 'doctor.noRegion' };
  const sentAt = Date.now();
  let response: Response;
  try {
    response = await get(upstream, signal);
  } catch (error) {
    return { check, state: 'fail', key: 'doctor.unreachable', params: { upstream, reason: reasonOf(error) } };
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(date)) return { check, state: 'warn', key: 'doctor.noDate', params: { upstream } };
  // The service wrote the header about halfway, and cut its time to whole seconds.
  const skew = Math.abs((sentAt + Date.now()) / 2 - (date + 500));
  const state = skew >= MAX_SKEW_MS ? 'fail' : skew >= WARN_SKEW_MS ? 'warn' : 'ok';
  const seconds = Math.round(skew / 1000);
  return { check, state, key: state === 'ok' ? 'doctor.clock' : 'doctor.clockSkew', params: { seconds } };
}

async function checkProxy({ values, signal }: DoctorContext, url: string): Promise<Result> {
  const check = 'proxy';
  if (values.offline) return { check, state: 'skip', key: 'doctor.offline' };
  try {
    const response = await get(`${url}/-/healthz`, signal);
    await response.body?.cancel();
    return response.ok
      ? { check, state: 'ok', key: 'doctor.proxy', params: { url } }
      : { check, state: 'fail', key: 'doctor.proxyOther', params: { url, status: response.status } };
  } catch (error) {
    return values['base-url'] === undefined
      ? { check, state: 'skip', key: 'doctor.proxyNone', params: { url } }
      : { check, state: 'fail', key: 'doctor.proxyDown', params: { url, reason: reasonOf(error) } };
  }
}

const get = (url: string, signal: AbortSignal) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });

function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
