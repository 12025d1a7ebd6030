// How `check`, `create` and `list` reach the service: through a signing proxy, by signing here, or in an emulator.
import type { CtsClient } from '../client/types.js';
import type { Locale } from '../messages/locale.js';
import { asError, CliError, EXIT } from './cli-error.js';
import { describeSkew, WARN_SKEW_MS } from './clock.js';
import type { Shell } from './command.js';
import type { Account } from './dry-run.js';
import { credentialsFrom, fromEnvironment, VARIABLES } from './environment.js';
import type { REMOTE, SERVICE, Values } from './options.js';
import type { Translate } from './texts.js';

export interface Service {
  readonly client: CtsClient;
  /** Of the project or the account. */
  readonly id: string;
  /** Identifies the service in the journal. */
  readonly target: string;
  /** Whether requests pass a signing proxy of the user. */
  readonly isProxied: boolean;
  /** How far the service's clock is ahead of this machine's, as far as a signing here has shown it. */
  readonly clock: { offsetMs: number };
  /** Only for the emulator. Must be called before the first request. */
  readonly startEmulator?: (account: Account) => void;
}

const IDS = {
  projectId: { option: 'project-id', forEmulator: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' },
  domainId: { option: 'domain-id', forEmulator: '9b1a2c3d4e5f60718293a4b5c6d7e8f9' },
} as const;
/** The address of a proxy inside this process. No network reaches it. */
const INSIDE = 'http://127.0.0.1';

interface ServiceContext extends Shell {
  readonly values: Values<typeof REMOTE> & Partial<Pick<Values<typeof SERVICE>, 'emulator' | 'domain-id'>>;
}

/** Runs `make`. What it throws is the user's mistake; the message names the option, never a secret. */
export function invalidOptionAsCliError<T>({ core }: Shell, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (core.isCtsError(error)) throw new CliError(error.message, { exit: EXIT.service, code: error.kind });
    throw new CliError(asError(error).message);
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

/** `idName` is the id that the requests need. */
export async function openService(context: ServiceContext, idName: keyof typeof IDS): Promise<Service> {
  const { values, t, core, load } = context;
  const locale = withOptionNames(context.locale);
  const { region, endpoint, emulator, 'base-url': baseUrl } = values;
  const given = (['base-url', 'emulator', 'region', 'endpoint'] as const).filter((name) => values[name]);
  if (given.length === 0) throw new CliError(t(emulator === undefined ? 'usage.noEndpoint' : 'usage.noService'));
  if (given.length > 1) {
    throw new CliError(t('usage.oneService', { options: given.map((name) => `--${name}`).join(t('comma')) }));
  }
  const id = readId(context, idName);
  const clock = { offsetMs: 0 };
  const clientOf = (options: { baseUrl: string; fetch?: typeof fetch; locale: Locale }) =>
    invalidOptionAsCliError(context, () =>
      core.createCtsClient({ [idName]: id, timeoutMs: values.timeout * 1000, ...options }),
    );

  const { nodeFetch } = await load.node();
  if (baseUrl) {
    const target = parseBaseUrl(baseUrl, t);
    return { client: clientOf({ baseUrl: target, fetch: nodeFetch, locale }), id, target, isProxied: true, clock };
  }
  const { createSigningProxy } = await load.proxy();
  const signingClient = (upstream: Parameters<typeof createSigningProxy>[0]) => {
    const proxy = invalidOptionAsCliError(context, () =>
      createSigningProxy({
        ...upstream,
        // The client's limit applies: it includes the retries.
        upstreamTimeoutMs: values.timeout * 1000,
        allowLookup: true,
        onEvent(event) {
          if (event.type === 'clock') clock.offsetMs = event.offsetMs;
        },
      }),
    );
    const fetch = (input: RequestInfo | URL, init?: RequestInit) => proxy.fetch(new Request(input, init));
    return clientOf({ baseUrl: INSIDE, fetch, locale: withoutProxy(locale, t) });
  };
  if (emulator) {
    const { createEmulator, sampleCredentials: credentials } = await load.emulator();
    let emulated = createEmulator();
    return {
      client: signingClient({ endpoint: INSIDE, credentials, fetch: (url, init) => emulated.fetch(url, init) }),
      id,
      target: 'emulator',
      isProxied: false,
      clock,
      startEmulator(account) {
        emulated = createEmulator(account);
      },
    };
  }
  const credentials = await credentialsFrom(context, 'credentials.missing');
  return {
    client: signingClient({ region, endpoint, credentials, fetch: nodeFetch }),
    id,
    target: region ?? endpoint ?? '',
    isProxied: false,
    clock,
  };
}

/** The messages of errors with the option of the command line instead of that of the client. */
const withOptionNames = (locale: Locale): Locale => ({
  ...locale,
  errorPhrases: { ...locale.errorPhrases, timedOut: locale.errorPhrases.timedOut.replace('{limit}', '--timeout') },
});

/** The messages of errors without a proxy of the user. */
const withoutProxy = (locale: Locale, t: Translate): Locale => ({
  ...locale,
  errorKinds: {
    ...locale.errorKinds,
    auth: t('direct.auth'),
    not_found: t('direct.notFound'),
    bad_response: t('direct.badResponse'),
    proxy: t('direct.failed'),
  },
  errorPhrases: { ...locale.errorPhrases, noAnswer: '' },
});

/** A note if the clock of this machine is wrong. */
export function clockNotes({ clock: { offsetMs } }: Service, t: Translate): string[] {
  if (Math.abs(offsetMs) < WARN_SKEW_MS) return [];
  return [`${describeSkew(offsetMs, t)} ${t('clock.corrected')}`];
}

function readId({ values, t, env, core, locale }: ServiceContext, idName: keyof typeof IDS): string {
  const { option: name, forEmulator } = IDS[idName];
  const option = `--${name}`;
  const id = values[name] ?? fromEnvironment(env, idName) ?? (values.emulator ? forEmulator : undefined);
  if (id === undefined) throw new CliError(t('usage.noId', { option, variable: VARIABLES[idName][0] }));
  const { issues } = (idName === 'projectId' ? core.validateProjectId : core.validateDomainId)(id, { locale });
  if (issues) throw new CliError(t('usage.badId', { option, reason: issues[0].message }));
  return id;
}
