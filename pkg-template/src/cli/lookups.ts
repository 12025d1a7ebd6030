// Lookups of trackers. A proxy refuses them unless it has `allowLookup`.
import type { CtsError } from '../client/error.js';
import type { CreationResolution } from '../client/types.js';
import type { CreateTrackerRequestBody } from '../validation/wire.js';
import type { Shell } from './command.js';
import type { Service } from './service.js';
import { inParallel } from './workers.js';

/** Most of a lookup is a wait, and a proxy gives one client at least 16 requests in flight. */
const MAX_LOOKUPS = 8;

/** Whether the proxy has no such path. With a code of the service, the path of the service is missing. */
export function isLookupRefused({ kind, status, errorCode }: CtsError, { isProxied }: Service): boolean {
  const isMissing = status === 404 || status === 405;
  const byProxy = kind === 'proxy' && (errorCode === 'not_found' || errorCode === 'method_not_allowed');
  return isProxied && isMissing && (byProxy || errorCode === undefined);
}

/** A request that may have created a tracker. */
export interface UnknownCreation {
  readonly body: CreateTrackerRequestBody;
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number;
}

/** The lookups of a run of `create`. */
export class Lookups {
  /** Whether the proxy refuses lookups. */
  isRefused = false;
  #isOver = false;

  constructor(
    readonly shell: Shell,
    readonly service: Service,
    readonly timeoutMs: number,
  ) {}

  /**
   * Finds out what became of each request. After an interruption, and after a failure that would repeat itself, the rest
   * is left out.
   */
  async resolve<Creation extends UnknownCreation>(
    creations: readonly Creation[],
    onResolved: (creation: Creation, resolution: CreationResolution) => Promise<void>,
  ): Promise<void> {
    const { output, t } = this.shell;
    if (creations.length === 0) return;
    const progress = output.startProgress(t('create.lookingUp'), creations.length);
    let done = 0;
    try {
      await inParallel(creations, MAX_LOOKUPS, async (creation) => {
        const resolution = await this.#resolve(creation);
        if (resolution) await onResolved(creation, resolution);
        done += 1;
        progress.update({ done, failed: 0 });
      });
    } finally {
      output.endProgress();
    }
  }

  async #resolve({ body, sentAt }: UnknownCreation): Promise<CreationResolution | undefined> {
    const { core, output, signal, t } = this.shell;
    const { client, id: projectId } = this.service;
    if (signal.aborted || this.#isOver) return undefined;
    const resolution = await core
      .resolveCreation(client, { creation: { projectId, body, sentAt } }, { signal, timeoutMs: this.timeoutMs })
      .catch((cause: unknown) => {
        if (!core.isCtsError(cause)) throw cause;
        return { resolution: 'unknown', cause } as const;
      });
    if (resolution.resolution !== 'unknown') return resolution;
    const { cause } = resolution;
    if (cause.kind === 'aborted') return undefined;
    if (isLookupRefused(cause, this.service)) {
      this.isRefused = true;
      this.#isOver = true;
      output.hint(t('lookup.refused'));
      return undefined;
    }
    // A response that cannot be read may be about one tracker.
    if (cause.kind !== 'bad_response') this.#isOver = true;
    return resolution;
  }
}
