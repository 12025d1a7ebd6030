// The check of `doctor` that lists the trackers of the project: only right keys, clock, region and project get a list.
import type { CtsError } from '../client/error.js';
import { own } from '../options.js';
import { CliError } from './cli-error.js';
import { describeSkew, isRefusedForDate, WARN_SKEW_MS } from './clock.js';
import type { Shell } from './command.js';
import { connectionReason, shorten } from './error-text.js';
import { isLookupRefused } from './lookups.js';
import { openService } from './service.js';
import type { TextKey } from './texts.js';

export type DoctorResult = [
  state: 'ok' | 'warn' | 'fail' | 'skip',
  key: TextKey,
  params?: Record<string, string | number>,
];

/** The options with which a request reaches the service. */
export interface Way {
  readonly 'base-url'?: string;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
}

const TIMEOUT_SECONDS = 10;

const KEYS = 'doctor.lookupKeys';
const REGION = 'doctor.lookupRegion';
const PROJECT = 'doctor.lookupProject';
/** What is wrong, by the codes of the proxy, of the service and of its gateway. */
const WRONG: Readonly<Record<string, TextKey>> = {
  credentials_unavailable: KEYS,
  keys_refused: KEYS,
  upstream_unreachable: REGION,
  upstream_timeout: REGION,
  upstream_redirect: REGION,
  upstream_answer: REGION,
  'APIGW.0101': REGION,
  id_not_allowed: PROJECT,
  'CTS.0012': PROJECT,
  'APIGW.0310': PROJECT,
};

export async function checkLookup(shell: Shell, way: Way, projectId: string): Promise<DoctorResult> {
  const { core, signal, t } = shell;
  try {
    const { 'base-url': baseUrl, region, endpoint } = way;
    const options = { 'base-url': baseUrl, region, endpoint, 'project-id': projectId, timeout: TIMEOUT_SECONDS };
    const service = await openService({ ...shell, values: options }, 'projectId');
    try {
      await service.client.listTrackers({ signal });
    } catch (error) {
      if (!core.isCtsError(error)) throw error;
      if (isLookupRefused(error, service)) return ['skip', 'lookup.refused'];
      return ['fail', wrongPart(error), { reason: reasonOf(error) }];
    }
    const { offsetMs } = service.clock;
    if (Math.abs(offsetMs) < WARN_SKEW_MS) return ['ok', 'doctor.lookup'];
    return ['warn', 'doctor.lookupSkewed', { difference: describeSkew(offsetMs, t) }];
  } catch (error) {
    // An invalid ID or key.
    if (error instanceof CliError) return ['fail', 'doctor.lookupFailed', { reason: error.message }];
    throw error;
  }
}

/** As far as the response tells. */
function wrongPart(error: CtsError): TextKey {
  const { kind, errorCode = '' } = error;
  const known = own(WRONG, errorCode.toUpperCase().replace(/^APIG\./, 'APIGW.')) ?? own(WRONG, errorCode);
  if (known) return known;
  if (isRefusedForDate(error)) return 'doctor.lookupClock';
  if (kind === 'auth') return KEYS;
  if (kind === 'forbidden') return 'doctor.lookupForbidden';
  return kind === 'not_found' || kind === 'bad_response' || kind === 'network' ? REGION : 'doctor.lookupFailed';
}

function reasonOf({ errorCode, errorMsg, message, cause }: CtsError): string {
  const said = [errorCode, errorMsg && shorten(errorMsg)].filter(Boolean).join(' ');
  return said || connectionReason(cause) || message;
}
