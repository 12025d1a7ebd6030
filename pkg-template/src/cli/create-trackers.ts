// Creates the trackers of a file that are not created yet, and records each request and its outcome.
import { createHash } from 'node:crypto';
import type { CtsError, CtsErrorKind } from '../client/error.js';
import type { CreateTrackerRequestBody, CreateTrackerResponse } from '../validation/wire.js';
import { CliError, EXIT } from './cli-error.js';
import { WARN_SKEW_MS } from './clock.js';
import { type Colour, createColumns } from './columns.js';
import type { Context } from './command.js';
import { type ErrorText, errorText, sentencesOf } from './error-text.js';
import type { Journal, JournalRecord, Outcome } from './journal.js';
import { ALLOW_UNKNOWN, INPUT, SERVICE } from './options.js';
import { placeOf } from './problems.js';
import { clockNotes, type Service } from './service.js';
import { Slices } from './slices.js';
import type { FileRequest } from './validate-file.js';

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

/** Returns the exit code. */
export async function createTrackers(
  context: CreateContext,
  { file, service, journal, requests }: Run,
): Promise<number> {
  const { values, output, t, core, signal } = context;
  const { client, id: project, target } = service;
  const counts = { created: 0, skipped: 0, exists: 0, failed: 0, unknown: 0, left: 0 };
  const align = createColumns([18, 8, 32]);
  const progress = output.startProgress(t('create.progress'), requests.length);
  let fatal: CtsError | undefined;
  /** Why the journal cannot be written. */
  let unwritable: CliError | undefined;
  let existsElsewhere = 0;
  let outages = 0;
  let done = 0;

  async function report(request: TrackerRequest, outcome: Outcome | 'skipped', detail: Detail) {
    counts[outcome] += 1;
    done += 1;
    const { line, item, value } = request;
    const { tracker_name } = value;
    await output.objects([{ type: 'tracker', file, line, item, tracker_name, outcome, ...detail }]);
    if (!values.quiet || detail.recorded === false || (outcome !== 'created' && outcome !== 'skipped')) {
      const text = [detail.id, detail.error_code ?? detail.kind, sentencesOf(detail, t)].filter(Boolean).join('  ');
      const state = { text: t(`create.${outcome}`), colour: COLOURS[outcome] };
      await output.lines(align([[placeOf(file, request), state, tracker_name, text]]));
    }
    progress.update({ done, failed: counts.failed + counts.unknown });
  }

  async function handle(request: TrackerRequest) {
    const before = journal?.find(project, request.value.tracker_name);
    const sha256 = createHash('sha256').update(JSON.stringify(request.value)).digest('hex');
    const mayExist = before?.event === 'intent' || before?.outcome === 'unknown';
    // A tracker that somebody else created may be gone by now.
    if (before?.outcome === 'created' || (before?.outcome === 'exists' && before.by_earlier_request)) {
      const changed = before.sha256 !== sha256 && { changed: true, message: t('create.changed') };
      await report(request, 'skipped', { id: before.id, ...changed });
    } else if (mayExist && !values['retry-unknown']) {
      await report(request, 'unknown', { kind: 'outcome_unknown', message: t('create.notResent') });
    } else if (signal.aborted || fatal || unwritable) {
      counts.left += 1;
    } else {
      await send(request, mayExist, sha256);
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

  async function send(request: TrackerRequest, mayExist: boolean, sha256: string): Promise<void> {
    const record = { project, tracker: request.value.tracker_name, sha256, target };
    /** Records the outcome. It is shown in any case, and says so if it is not recorded. */
    const settle = (outcome: Outcome, detail: Detail, text?: ErrorText) => {
      let unrecorded = {};
      try {
        const { kind, ...recorded } = detail;
        journal?.add({ event: 'outcome', ...record, outcome, ...recorded, ...(kind && { kind }), ...sentence(text) });
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        unwritable ??= error;
        const message = t('create.notRecorded', { outcome: t(`create.${outcome}`) });
        unrecorded = { recorded: false, message: [text?.message, message].filter(Boolean).join('  ') };
      }
      return report(request, outcome, { ...detail, ...text, ...unrecorded });
    };

    try {
      journal?.add({ event: 'intent', ...record, line: request.line ?? request.item });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      unwritable ??= error;
      counts.left += 1;
      return;
    }
    let response: CreateTrackerResponse;
    try {
      response = await createOnce(request.value);
    } catch (error) {
      if (!core.isCtsError(error)) throw error;
      const { kind, errorCode, requestId } = error;
      const outcome = outcomeOf(error, mayExist);
      outages = OUTAGE.includes(kind) ? outages + 1 : 0;
      if (FATAL.includes(kind) || outages >= MAX_OUTAGES) fatal ??= error;
      const text = errorText(error);
      const detail = { kind, error_code: errorCode, request_id: requestId };
      if (outcome !== 'exists') return settle(outcome, detail, text);
      const ours = mayExist || error.mayAlreadyExist === true;
      if (!ours) existsElsewhere += 1;
      const message = t(ours ? 'create.existsNow' : 'create.existsElsewhere');
      return settle(outcome, { ...detail, ...(ours && { by_earlier_request: true }) }, { ...text, message });
    }
    outages = 0;
    return settle('created', { id: response.id });
  }

  // The workers share one iterator. All of them end before an error ends the run.
  const queue = requests.values();
  const slices = new Slices();
  const work = async () => {
    for (const request of queue) {
      if (slices.isOver) await slices.next();
      await handle(request);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: values.concurrency }, work));
  output.endProgress();
  for (const result of ended) if (result.status === 'rejected') throw result.reason;

  const notes = [t('create.summary', counts), ...clockNotes(service, t)];
  if (counts.left > 0) {
    const reason = unwritable?.message ?? (fatal && sentencesOf(errorText(fatal), t));
    notes.push(t(reason ? 'create.stopped' : 'create.interrupted', { left: counts.left, reason }));
  }
  if (counts.unknown > 0) notes.push(t('create.unknownHint'));
  if (journal) notes.push(t('create.journal', { path: journal.path }));
  const summary = { command: 'create', ...counts, interrupted: signal.aborted, journal: journal?.path };
  await output.summary({ ...summary, clock_offset_ms: service.clock.offsetMs || undefined }, notes);
  if (unwritable) throw unwritable;
  if (counts.failed + counts.unknown > 0 || fatal) return EXIT.service;
  return existsElsewhere > 0 ? EXIT.issues : EXIT.ok;
}

const COLOURS: Readonly<Record<Outcome | 'skipped', Colour>> = {
  created: 'green',
  skipped: 'green',
  exists: 'yellow',
  unknown: 'yellow',
  failed: 'red',
};

type Detail = Pick<JournalRecord, 'id' | 'kind' | 'error_code' | 'request_id' | 'by_earlier_request'> &
  ErrorText & {
    changed?: boolean;
    /** False if the outcome is not in the journal. */
    recorded?: boolean;
  };

const sentence = (text: ErrorText | undefined) => (text?.error_msg ? { error_msg: text.error_msg } : {});

/** By the gateway's sentence, which is part of what a proxy passes on. */
const isRefusedForDate = ({ kind, errorMsg = '' }: CtsError) => kind === 'auth' && /signature expired/i.test(errorMsg);

/** `mayExist`: an earlier request with an unknown outcome may have created the tracker. */
function outcomeOf({ kind, errorCode = '', sent }: CtsError, mayExist: boolean): Outcome {
  if (EXISTS.includes(errorCode.toUpperCase())) return 'exists';
  const refused = sent === 'no' || (sent === 'yes' && REFUSED.includes(kind));
  return refused && !mayExist ? 'failed' : 'unknown';
}
