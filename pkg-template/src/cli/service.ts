// How `check` and `create` reach the service: through a signing proxy, by signing here, or in an emulator.
import type { CtsClient } from '../client/types.js';
import { CliError, EXIT } from './cli-error.js';
import type { Context } from './command.js';
import type { Account } from './dry-run.js';
import { credentialsFrom, fromEnvironment, VARIABLES } from './environment.js';
import type { SERVICE } from './options.js';
import type { Translate } from './texts.js';

/** The emulator accepts any ids. */
const EMULATOR_IDS = {
  projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01',
  domainId: '9b1a2c3d4e5f60718293a4b5c6d7e8f9',
};
/** The address of a proxy inside this process, which no network reaches. */
const INSIDE = 'http://127.0.0.1';

export interface Service {
  readonly client: CtsClient;
  readonly ids: Ids;
  /** Identifies the service in the journal. */
  readonly target: string;
  /** Only for the emulator: must be called before the first request. */
  readonly startEmulator?: (account: Account) => void;
}

interface Ids {
  projectId?: string;
  domainId?: string;
}

/** Runs `make`. Whatever it throws is the user's mistake; its message names the option, never a secret. */
export function invalidOptionAsCliError<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const { name, message, kind } = error as Error & { kind?: string };
    if (name === 'CtsError' && kind) throw new CliError(message, { exit: EXIT.service, code: kind });
    throw new CliError(message);
  }
}

/** A base URL that may be shown: one that contains a password is refused. */
export function parseBaseUrl(text: string, t: Translate): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new CliError(t('usage.baseUrl'));
  }
  return url.href.replace(/\/+$/, '');
}

/** `required` is the id that the command cannot do without. */
export async function openService(context: Context<typeof SERVICE>, required: keyof Ids): Promise<Service> {
  const { values, t, load, library } = context;
  const { region, endpoint, emulator, 'base-url': baseUrl } = values;
  const given = (['base-url', 'emulator', 'region', 'endpoint'] as const).filter((name) => values[name]);
  if (given.length === 0) throw new CliError(t('usage.noService'));
  if (given.length > 1) {
    throw new CliError(t('usage.oneService', { options: given.map((name) => `--${name}`).join(t('comma')) }));
  }
  const ids = await readIds(context, required);
  const { core, locale } = await library();
  const createClient = (options: { baseUrl: string; fetch?: (request: Request) => Promise<Response> }) =>
    invalidOptionAsCliError(() =>
      core.createCtsClient({ ...ids, ...options, locale, timeoutMs: values.timeout * 1000 }),
    );

  if (baseUrl) {
    const target = parseBaseUrl(baseUrl, t);
    return { client: createClient({ baseUrl: target }), ids, target };
  }

  const { createSigningProxy } = await load.proxy();
  const clientOf = (upstream: object) => {
    const proxy = invalidOptionAsCliError(() =>
      createSigningProxy({
        allowedHosts: [new URL(INSIDE).host],
        ...(ids.projectId && { projects: [ids.projectId] }),
        ...(ids.domainId && { domains: [ids.domainId] }),
        ...upstream,
      }),
    );
    return createClient({ baseUrl: INSIDE, fetch: (request) => proxy.fetch(request) });
  };

  if (emulator) {
    const { createEmulator, sampleCredentials } = await load.emulator();
    let emulated = createEmulator();
    return {
      client: clientOf({
        endpoint: INSIDE,
        credentials: sampleCredentials,
        fetch: (url: string, init: RequestInit) => emulated.fetch(url, init),
      }),
      ids,
      target: 'emulator',
      startEmulator(account) {
        emulated = createEmulator(account);
      },
    };
  }
  const credentials = credentialsFrom(context, 'credentials.missing');
  return {
    client: clientOf({ ...(region ? { region } : { endpoint }), credentials }),
    ids,
    target: region ?? endpoint ?? '',
  };
}

async function readIds({ values, t, env, library }: Context<typeof SERVICE>, required: keyof Ids): Promise<Ids> {
  const { core, locale } = await library();
  const read = (what: keyof Ids, option: 'project-id' | 'domain-id', validate: typeof core.validateProjectId) => {
    const id = values[option] ?? fromEnvironment(env, what) ?? (values.emulator ? EMULATOR_IDS[what] : undefined);
    if (id === undefined) {
      if (what !== required) return {};
      throw new CliError(t('usage.noId', { option: `--${option}`, variable: VARIABLES[what][0] }));
    }
    const { issues } = validate(id, { locale });
    if (issues) throw new CliError(t('usage.badId', { option: `--${option}`, reason: issues[0].message }));
    return { [what]: id };
  };
  return {
    ...read('projectId', 'project-id', core.validateProjectId),
    ...read('domainId', 'domain-id', core.validateDomainId),
  };
}
