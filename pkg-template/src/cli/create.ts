// cts-tracker create: creates the trackers of a file, each of them once, however often it is run or interrupted.
import { createHash } from 'node:crypto';
import type { CtsError, CtsErrorKind } from '../client/error.js';
import type { CreateTrackerRequestBody, CreateTrackerResponse } from '../validation/wire.js';
import { CliError, EXIT } from './cli-error.js';
import { createColumns } from './columns.js';
import { type Command, type Context, command, onlyFile } from './command.js';
import { accountForTrackers } from './dry-run.js';
import { openInput } from './input.js';
import { Journal, type JournalRecord, type Outcome } from './journal.js';
import { INPUT, SERVICE } from './options.js';
import { createReport, placeOf } from './problems.js';
import { TRACKERS } from './request-kind.js';
import { openService, type Service } from './service.js';
import { Slices } from './slices.js';
import { type FileRequest, validateFile } from './validate-file.js';

/** The service refused the request, so it created nothing. After any other error the tracker may exist. */
const REFUSED: CtsErrorKind[] = ['auth', 'forbidden', 'not_found', 'conflict', 'throttled', 'rejected', 'unavailable'];
/** The next request would fail in the same way, and five wrong signatures lock a key. */
const FATAL: CtsErrorKind[] = ['auth', 'forbidden', 'network', 'proxy', 'internal'];
/** Errors that are not about the tracker. This many in a row end the run. */
const OUTAGE: CtsErrorKind[] = ['throttled', 'unavailable', 'server', 'timeout', 'outcome_unknown', 'bad_response'];
const MAX_OUTAGES = 3;
/** The tracker exists already. */
const EXISTS = ['CTS.0201', 'CTS.0208'];

const OPTIONS = {
  ...INPUT,
  ...SERVICE,
  concurrency: { type: 'string', default: '1', range: [1, 16] },
  journal: { type: 'string' },
  'retry-unknown': { type: 'boolean' },
  'any-target': { type: 'boolean' },
} as const;

type CreateContext = Context<typeof OPTIONS>;
type TrackerRequest = FileRequest<CreateTrackerRequestBody>;

export const create: Command = command({
  options: OPTIONS,
  takesFiles: true,
  async run(context) {
    const { values, output, t, signal } = context;
    const path = onlyFile(context);
    const service = await openService(context, 'projectId');
    // The emulator exists only during this run, so there is nothing to continue later.
    const needsJournal = !service.startEmulator;
    if (path === '-' && !values.journal && needsJournal) throw new CliError(t('create.stdinJournal'));
    const journalPath = values.journal ?? (needsJournal ? `${path}.journal.ndjson` : undefined);

    const input = await openInput(path, values.input, t);
    const options = { kind: TRACKERS, report: createReport(context), keep: true };
    const { requests, invalid } = await validateFile(context, input, options);
    if (signal.aborted) return EXIT.ok;
    if (invalid > 0) {
      await output.summary({ command: 'create', invalid, created: 0 }, [t('create.nothingSent', { invalid })]);
      return EXIT.issues;
    }
    service.startEmulator?.(accountForTrackers(requests.map(({ value }) => value)));

    const journal = journalPath === undefined ? undefined : await Journal.open(journalPath, t);
    try {
      if (journal && !values['any-target']) refuseOtherTargets(journal, requests, service, t);
      return await createTrackers(context, { file: input.name, service, journal, requests });
    } finally {
      journal?.close();
    }
  },
});

/** Refuses the journal of another service, because its trackers may not exist in this one. */
function refuseOtherTargets(
  journal: Journal,
  requests: readonly TrackerRequest[],
  { id, target }: Service,
  t: CreateContext['t'],
) {
  const targets = new Set<string>();
  for (const { value } of requests) {
    const record = journal.find(id, value.tracker_name);
    if (record && record.outcome !== 'failed' && record.target !== target) targets.add(record.target);
  }
  if (targets.size === 0) return;
  const params = { path: journal.path, targets: [...targets].join(t('comma')), target };
  throw new CliError(t('journal.elsewhere', params), { code: 'journal' });
}

interface Run {
  readonly file: string;
  readonly service: Service;
  readonly journal: Journal | undefined;
  readonly requests: readonly TrackerRequest[];
}

async function createTrackers(context: CreateContext, { file, service, journal, requests }: Run): Promise<number> {
  const { values, output, t, core, signal } = context;
  const { client, id: project, target } = service;
  const counts = { created: 0, skipped: 0, exists: 0, failed: 0, unknown: 0, left: 0 };
  const align = createColumns([18, 8, 32]);
  const progress = output.startProgress(t('create.progress'), requests.length);
  let fatal: CtsError | undefined;
  let outages = 0;
  let done = 0;

  async function report(request: TrackerRequest, outcome: Outcome | 'skipped', detail: Detail) {
    counts[outcome] += 1;
    done += 1;
    const { line, item, value } = request;
    const { tracker_name } = value;
    await output.objects([{ type: 'tracker', file, line, item, tracker_name, outcome, ...detail }]);
    if (!values.quiet || (outcome !== 'created' && outcome !== 'skipped')) {
      const text = [detail.id, detail.error_code ?? detail.kind, detail.message].filter(Boolean).join('  ');
      await output.lines(align([[placeOf(file, request), t(`create.${outcome}`), tracker_name, text]]));
    }
    progress.update({ done, failed: counts.failed + counts.unknown });
  }

  async function handle(request: TrackerRequest) {
    const before = journal?.find(project, request.value.tracker_name);
    const sha256 = createHash('sha256').update(JSON.stringify(request.value)).digest('hex');
    const mayExist = before?.event === 'intent' || before?.outcome === 'unknown';
    if (before?.outcome === 'created' || before?.outcome === 'exists') {
      const changed = before.sha256 !== sha256 && { changed: true, message: t('create.changed') };
      await report(request, 'skipped', { id: before.id, ...changed });
    } else if (mayExist && !values['retry-unknown']) {
      await report(request, 'unknown', { kind: 'outcome_unknown', message: t('create.notResent') });
    } else if (signal.aborted || fatal) {
      counts.left += 1;
    } else {
      await send(request, mayExist, sha256);
    }
  }

  async function send(request: TrackerRequest, mayExist: boolean, sha256: string) {
    const record = { project, tracker: request.value.tracker_name, sha256, target };
    const add = (outcome: Outcome, detail: Detail) => journal?.add({ event: 'outcome', ...record, outcome, ...detail });
    journal?.add({ event: 'intent', ...record, line: request.line ?? request.item });
    let response: CreateTrackerResponse;
    try {
      // Without the signal: a request in flight is completed, so that its outcome is known.
      response = await client.createTracker(request.value);
    } catch (error) {
      if (!core.isCtsError(error)) throw error;
      const { kind, errorCode, requestId, message } = error;
      const outcome = outcomeOf(error, mayExist);
      const detail = { kind, error_code: errorCode, request_id: requestId };
      add(outcome, detail);
      outages = OUTAGE.includes(kind) ? outages + 1 : 0;
      if (FATAL.includes(kind) || outages >= MAX_OUTAGES) fatal ??= error;
      return report(request, outcome, { ...detail, message: outcome === 'exists' ? t('create.existsNow') : message });
    }
    add('created', { id: response.id });
    outages = 0;
    return report(request, 'created', { id: response.id });
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

  const notes = [t('create.summary', counts)];
  if (counts.left > 0) {
    notes.push(t(fatal ? 'create.stopped' : 'create.interrupted', { left: counts.left, reason: fatal?.message }));
  }
  if (counts.unknown > 0) notes.push(t('create.unknownHint'));
  if (journal) notes.push(t('create.journal', { path: journal.path }));
  const summary = { command: 'create', ...counts, interrupted: signal.aborted, journal: journal?.path };
  await output.summary(summary, notes);
  return counts.failed + counts.unknown > 0 || fatal ? EXIT.service : EXIT.ok;
}

type Detail = Pick<JournalRecord, 'id' | 'kind' | 'error_code' | 'request_id'> & {
  message?: string;
  changed?: boolean;
};

/** `mayExist`: an earlier request with an unknown outcome may have created the tracker. */
function outcomeOf({ kind, errorCode = '', sent, mayAlreadyExist }: CtsError, mayExist: boolean): Outcome {
  if (EXISTS.includes(errorCode) && (mayExist || mayAlreadyExist)) return 'exists';
  const refused = sent === 'no' || (sent === 'yes' && REFUSED.includes(kind));
  return refused && !mayExist ? 'failed' : 'unknown';
}
