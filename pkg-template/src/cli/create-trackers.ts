// Creates the trackers of a file that are not created yet, and looks up those whose outcome is unknown.
import type { CtsError, CtsErrorKind } from '../client/error.js';
import type { CreationResolution } from '../client/types.js';
import type { CreateTrackerRequestBody, CreateTrackerResponse } from '../validation/wire.js';
import { EXIT } from './cli-error.js';
import { isRefusedForDate, WARN_SKEW_MS } from './clock.js';
import type { Context } from './command.js';
import { type Detail, Outcomes } from './create-outcomes.js';
import { errorText, sentencesOf } from './error-text.js';
import { type Journal, mayExist, type Outcome } from './journal.js';
import { Lookups, type UnknownCreation } from './lookups.js';
import { ALLOW_UNKNOWN, INPUT, SERVICE } from './options.js';
import { clockNotes, type Service } from './service.js';
import type { FileRequest } from './validate-file.js';
import { inParallel } from './workers.js';

/** The service refused the request, so it created nothing. After any other error the tracker may exist. */
const REFUSED: CtsErrorKind[] = ['auth', 'forbidden', 'not_found', 'conflict', 'throttled', 'rejected', 'unavailable'];
/** The next request would fail in the same way, and five wrong signatures lock a key. */
const FATAL: CtsErrorKind[] = ['auth', 'forbidden', 'network', 'proxy', 'internal'];
/** Errors that are not about the tracker. This many in a row end the run. */
const OUTAGE: CtsErrorKind[] = ['throttled', 'unavailable', 'server', 'timeout', 'outcome_unknown', 'bad_response'];
const MAX_OUTAGES = 3;
/** The tracker exists already. */
const EXISTS = ['CTS.0201', 'CTS.0208'];

export const CREATE_OPTIONS = {
  ...INPUT,
  ...SERVICE,
  ...ALLOW_UNKNOWN,
  concurrency: { type: 'string', default: '1', range: [1, 16] },
  journal: { type: 'string' },
  'retry-unknown': { type: 'boolean' },
  'any-target': { type: 'boolean' },
} as const;

export type CreateContext = Context<typeof CREATE_OPTIONS>;
export type TrackerRequest = FileRequest<CreateTrackerRequestBody>;

interface Run {
  readonly file: string;
  readonly service: Service;
  readonly journal: Journal | undefined;
  readonly requests: readonly TrackerRequest[];
}

interface Creation extends UnknownCreation {
  readonly request: TrackerRequest;
}

/** Returns the exit code. */
export async function createTrackers(
  context: CreateContext,
  { file, service, journal, requests }: Run,
): Promise<number> {
  const { values, output, t, core, signal } = context;
  const { client, id: project } = service;
  const outcomes = new Outcomes(context, file, service, journal);
  const { counts } = outcomes;
  const lookups = new Lookups(context, service, values.timeout * 1000);
  /** Requests of this run that may have created a tracker. */
  const unknown: Creation[] = [];
  let fatal: CtsError | undefined;
  let existsElsewhere = 0;
  let outages = 0;

  /** Requests of earlier runs that may have created a tracker. */
  function unknownBefore(): Creation[] {
    return requests.flatMap((request) => {
      const { value: body } = request;
      const record = outcomes.recordOf(request);
      const sentAt = record && mayExist(record) ? journal?.sentAt(project, body.tracker_name) : undefined;
      return sentAt === undefined ? [] : [{ request, body, sentAt }];
    });
  }

  async function handle(request: TrackerRequest) {
    if (outcomes.of(request)) return;
    const before = outcomes.recordOf(request);
    const isUnknown = before !== undefined && mayExist(before);
    // A tracker that somebody else created may be gone by now.
    if (before?.outcome === 'created' || (before?.outcome === 'exists' && before.by_earlier_request)) {
      const changed = outcomes.isChanged(request) && { changed: true, message: t('create.changed') };
      await outcomes.report(request, 'skipped', { id: before.id, ...changed });
    } else if (isUnknown && !values['retry-unknown']) {
      await outcomes.report(request, 'unknown', { kind: 'outcome_unknown', message: t('create.notResent') });
    } else if (!signal.aborted && !fatal && !outcomes.unwritable) {
      await send(request, isUnknown);
    }
  }

  /** Without the signal: a request in flight is completed, so that its outcome is known. */
  async function createOnce(body: CreateTrackerRequestBody): Promise<CreateTrackerResponse> {
    try {
      return await client.createTracker(body);
    } catch (error) {
      if (!core.isCtsError(error) || !isRefusedForDate(error)) throw error;
      // Nothing was carried out, and by now the proxy dates requests by the service's clock. It does not repeat a
      // creation itself, because it does not know what its caller does.
      if (Math.abs(service.clock.offsetMs) < WARN_SKEW_MS) output.hint(sentencesOf({ error_msg: error.errorMsg }, t));
      return client.createTracker(body);
    }
  }

  async function send(request: TrackerRequest, isRepeated: boolean): Promise<void> {
    const { value: body } = request;
    const sentAt = outcomes.begin(request);
    if (sentAt === undefined) return;
    let response: CreateTrackerResponse;
    try {
      response = await createOnce(body);
    } catch (error) {
      if (!core.isCtsError(error)) throw error;
      const { kind, errorCode, requestId } = error;
      const outcome = outcomeOf(error, isRepeated);
      outages = OUTAGE.includes(kind) ? outages + 1 : 0;
      if (FATAL.includes(kind) || outages >= MAX_OUTAGES) fatal ??= error;
      const detail = { kind, error_code: errorCode, request_id: requestId, ...errorText(error) };
      const isOurs = isRepeated || error.mayAlreadyExist === true;
      if (outcome === 'unknown' || (outcome === 'exists' && isOurs)) unknown.push({ request, body, sentAt });
      if (outcome !== 'exists') return outcomes.settle(request, outcome, detail);
      if (!isOurs) existsElsewhere += 1;
      const message = t(isOurs ? 'create.existsNow' : 'create.existsElsewhere');
      return outcomes.settle(request, outcome, { ...detail, ...(isOurs && { by_earlier_request: true }), message });
    }
    outages = 0;
    return outcomes.settle(request, 'created', { id: response.id });
  }

  /** Shows and records what a lookup found. What it did not find is not recorded: the next run looks again. */
  async function settleFound({ request }: Creation, found: CreationResolution): Promise<void> {
    const { resolution } = found;
    if (resolution === 'unknown') {
      const { kind, errorCode } = found.cause;
      const text = errorText(found.cause);
      const message = t('create.lookupFailed', { reason: text.message });
      const detail = { kind, error_code: errorCode, ...text, message, resolved: true } as const;
      if (outcomes.of(request) !== 'exists') await outcomes.report(request, 'unknown', detail);
      return;
    }
    // The service itself said that the tracker exists.
    if (resolution === 'not_seen' && outcomes.of(request) === 'exists') return;
    const isChanged = outcomes.isChanged(request);
    const message = t(`create.found.${resolution}`) + (isChanged ? `  ${t('create.changedSince')}` : '');
    const detail: Detail = {
      resolved: true,
      id: 'tracker' in found ? found.tracker.id : undefined,
      message,
      ...(isChanged && { changed: true }),
      ...('differences' in found && {
        found: found.differences,
        differences: found.differences.map(({ path }) => path.join('.')),
      }),
    };
    await outcomes.settle(request, resolution, detail);
  }

  await lookups.resolve(unknownBefore(), settleFound);
  // Those are sent again.
  outcomes.forget((outcome) => values['retry-unknown'] && (outcome === 'not_seen' || outcome === 'unknown'));
  outcomes.progress = output.startProgress(t('create.progress'), requests.length);
  try {
    await inParallel(requests, values.concurrency, handle);
  } finally {
    output.endProgress();
    outcomes.progress = undefined;
  }
  // A lookup with refused keys would be another wrong signature.
  if (fatal?.kind !== 'auth') await lookups.resolve(unknown, settleFound);
  return summarize();

  async function summarize(): Promise<number> {
    const { unwritable, found } = outcomes;
    const left = requests.length - outcomes.size;
    const notes = [t('create.summary', counts)];
    if (Object.values(found).some((count) => count > 0)) notes.push(t('create.foundSummary', found));
    notes.push(...clockNotes(service, t));
    if (left > 0) {
      const reason = unwritable?.message ?? (fatal && sentencesOf(errorText(fatal), t));
      notes.push(t(reason ? 'create.stopped' : 'create.interrupted', { left, reason }));
    }
    if (counts.unknown > 0) notes.push(t(lookups.isRefused ? 'create.unknownHint' : 'create.lookAgain'));
    if (counts.not_seen > 0) notes.push(t('create.notSeenHint'));
    if (journal) notes.push(t('create.journal', { path: journal.path }));
    const state = { interrupted: signal.aborted, lookups_refused: lookups.isRefused || undefined };
    const summary = { command: 'create', ...counts, left, ...state, journal: journal?.path };
    await output.summary({ ...summary, clock_offset_ms: service.clock.offsetMs || undefined }, notes);
    if (unwritable) throw unwritable;
    if (counts.failed + counts.unknown + counts.not_seen > 0 || fatal) return EXIT.service;
    return existsElsewhere + counts.existed_before + counts.differs > 0 ? EXIT.issues : EXIT.ok;
  }
}

/** `isRepeated`: an earlier request with an unknown outcome may have created the tracker. */
function outcomeOf({ kind, errorCode = '', sent }: CtsError, isRepeated: boolean): Outcome {
  if (EXISTS.includes(errorCode.toUpperCase())) return 'exists';
  const refused = sent === 'no' || (sent === 'yes' && REFUSED.includes(kind));
  return refused && !isRepeated ? 'failed' : 'unknown';
}
