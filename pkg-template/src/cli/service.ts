// How a command reaches the service: through a signing proxy, by signing itself, or not at all.
import { EXIT, Failure } from './failure.js';

/** What the emulator is asked with, where no ids are given: it takes any. */
const SAMPLE = { projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01', domainId: '9b1a2c3d4e5f60718293a4b5c6d7e8f9' };
/** The proxy of a command of its own is reached by no network. */
const INSIDE = 'http://127.0.0.1';

export const VARIABLES = {
  accessKeyId: ['HUAWEICLOUD_SDK_AK', 'CLOUD_SDK_AK'],
  secretAccessKey: ['HUAWEICLOUD_SDK_SK', 'CLOUD_SDK_SK'],
  securityToken: ['HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  projectId: ['HUAWEICLOUD_SDK_PROJECT_ID'],
  domainId: ['HUAWEICLOUD_SDK_DOMAIN_ID'],
};
export const fromEnvironment = (env, what) => VARIABLES[what].map((name) => env[name]).find(Boolean);

/** @param {string} advice the text that says what the command can do without them */
export function credentialsOf(env, t, advice) {
  const accessKeyId = fromEnvironment(env, 'accessKeyId');
  const secretAccessKey = fromEnvironment(env, 'secretAccessKey');
  const missing = [!accessKeyId && VARIABLES.accessKeyId[0], !secretAccessKey && VARIABLES.secretAccessKey[0]].filter(
    Boolean,
  );
  if (missing.length > 0) {
    throw new Failure(t(advice, { names: missing.join(t('comma')) }), EXIT.misuse, { code: 'credentials' });
  }
  const securityToken = fromEnvironment(env, 'securityToken');
  return { accessKeyId, secretAccessKey, ...(securityToken && { securityToken }) };
}

/** What an option of a library refuses is misuse of ours; its message names the option, never a secret. */
export function refused(make) {
  try {
    return make();
  } catch (error) {
    if (error?.name === 'CtsError') throw new Failure(error.message, EXIT.service, { code: error.kind });
    throw new Failure(error.message);
  }
}

/** A base URL as it may be shown, which one with a password in it may not. */
export function baseUrlOf(text, t) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new Failure(t('usage.baseUrl'));
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * @returns {Promise<{ client: object, target: string, emulated: boolean, rehearse?(world: object): void }>}
 * Where it is emulated, nothing is sent before `rehearse` is told what is there.
 */
export async function openService({ values, t, load, locale, env }, needs) {
  const ways = ['base-url', 'emulator', 'region', 'endpoint'].filter((name) => values[name]);
  if (ways.length === 0) throw new Failure(t('usage.noService'));
  if (ways.length > 1)
    throw new Failure(t('usage.oneService', { options: ways.map((name) => `--${name}`).join(t('comma')) }));
  const [way] = ways;
  const core = await load.core();

  const ids = {};
  for (const [what, option, validate] of [
    ['projectId', 'project-id', core.validateProjectId],
    ['domainId', 'domain-id', core.validateDomainId],
  ]) {
    const id = values[option] ?? fromEnvironment(env, what) ?? (way === 'emulator' ? SAMPLE[what] : undefined);
    if (id === undefined && needs !== what) continue;
    if (id === undefined) throw new Failure(t('usage.noId', { option: `--${option}`, variable: VARIABLES[what][0] }));
    const { issues, value } = validate(id, { locale });
    if (issues) throw new Failure(t('usage.badId', { option: `--${option}`, reason: issues[0].message }));
    ids[what] = value;
  }

  const options = { ...ids, locale, timeoutMs: values.timeout * 1000 };
  if (way === 'base-url') {
    const baseUrl = baseUrlOf(values['base-url'], t);
    return {
      client: refused(() => core.createCtsClient({ ...options, baseUrl })),
      ...ids,
      target: baseUrl,
      emulated: false,
    };
  }

  const { createSigningProxy } = await load.proxy();
  const settings = {
    allowedHosts: [new URL(INSIDE).host],
    ...(ids.projectId && { projects: [ids.projectId] }),
    ...(ids.domainId && { domains: [ids.domainId] }),
  };
  let rehearse;
  if (way === 'emulator') {
    const { createEmulator, sampleCredentials } = await load.emulator();
    let emulator;
    rehearse = (world) => {
      emulator = createEmulator(world);
    };
    Object.assign(settings, {
      endpoint: INSIDE,
      credentials: sampleCredentials,
      fetch: (...request) => emulator.fetch(...request),
    });
  } else Object.assign(settings, { [way]: values[way], credentials: credentialsOf(env, t, 'credentials.missing') });
  const proxy = refused(() => createSigningProxy(settings));
  return {
    client: refused(() =>
      core.createCtsClient({ ...options, baseUrl: INSIDE, fetch: (request) => proxy.fetch(request) }),
    ),
    ...ids,
    target: way === 'emulator' ? 'emulator' : values[way],
    emulated: way === 'emulator',
    rehearse,
  };
}
