// cts-tracker create: creates the trackers of a file, each of them once, however often it is run or interrupted.
import { createHash } from 'node:crypto';
import type { CtsError, CtsErrorKind } from '../client/error.js';
import type { CreateTrackerRequestBody, CreateTrackerResponse } from '../validation/wire.js';
import { CliError, EXIT } from './cli-error.js';
import { createColumns } from './columns.js';
import { type Command, type Context, command, onlyFile } from './command.js';
import { accountForTrackers } from './dry-run.js';
import { type Input, openInput } from './input.js';
import { type Journal, type JournalRecord, type Outcome, openJournal } from './journal.js';
import { INPUT, SERVICE } from './options.js';
import { createReport, placeOf } from './problems.js';
import { TRACKERS } from './request-kind.js';
import { openService, type Service } from './service.js';
import { type FileRequest, validateFile } from './validate-file.js';

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

/** The service refused the request, so it created nothing. After any other error the tracker may exist. */
const REFUSED: readonly CtsErrorKind[] = [
  'validation',
  'auth',
  'forbidden',
  'not_found',
  'conflict',
  'throttled',
  'rejected',
  'unavailable',
];
/** The next request would fail in the same way, and five wrong signatures lock a key. */
const FATAL: readonly CtsErrorKind[] = ['auth', 'forbidden', 'network', 'proxy', 'internal'];
/** Errors that are not about the tracker. So many in a row end the run. */
const OUTAGE: readonly CtsErrorKind[] = [
  'throttled',
  'unavailable',
  'server',
  'timeout',
  'outcome_unknown',
  'bad_response',
];
const MAX_OUTAGE = 3;
/** The tracker exists already. */
const EXISTS = ['CTS.0201', 'CTS.0208'];

export const create: Command = command({
  options: OPTIONS,
  takesFiles: true,
  async run(context) {
    const { values, output, t, signal } = context;
    const path = onlyFile(context);
    const library = await context.library();
    const service = await openService(context, 'projectId');
    // The emulator exists only during this run, so there is nothing to continue later.
    const needsJournal = !service.startEmulator;
    if (path === '-' && !values.journal && needsJournal) throw new CliError(t('create.stdinJournal'));
    const journalPath = values.journal ?? (needsJournal ? `${path}.journal.ndjson` : undefined);

    const input = await openInput(path, values.input, t);
    const report = createReport(output, library, t);
    const { requests, invalid } = await validateFile(context, input, { kind: TRACKERS, report, keep: true });
    if (signal.aborted) return EXIT.ok;
    if (invalid > 0) {
      await output.summary({ command: 'create', invalid, created: 0 }, [t('create.nothingSent', { invalid })]);
      return EXIT.issues;
    }
    service.startEmulator?.(accountForTrackers(requests.map(({ value }) => value)));

    const journal = openJournal(journalPath, t);
    try {
      return await createTrackers(context, { input, service, journal, requests });
    } finally {
      journal.close();
    }
  },
});

interface Run {
  input: Input;
  service: Service;
  journal: Journal;
  requests: readonly TrackerRequest[];
}

async function createTrackers(context: CreateContext, { input, service, journal, requests }: Run): Promise<number> {
  const { values, output, t, signal } = context;
  const { client, target } = service;
  const { core } = await context.library();
  const project = service.ids.projectId ?? '';
  refuseOtherTargets(context, journal, requests, project, target);

  const counts = { created: 0, skipped: 0, exists: 0, failed: 0, unknown: 0, left: 0 };
  const align = createColumns([18, 8, 32]);
  const progress = output.progress(t('create.progress'), requests.length);
  let fatal: CtsError | undefined;
  let outages = 0;

  async function report(request: TrackerRequest, outcome: Outcome | 'skipped', detail: Detail) {
    counts[outcome] += 1;
    const { tracker_name } = request.value;
    const { line, item } = request;
    await output.objects([{ type: 'tracker', file: input.name, line, item, tracker_name, outcome, ...detail }]);
    if (!values.quiet || (outcome !== 'created' && outcome !== 'skipped')) {
      const text = [detail.id, detail.error_code ?? detail.kind, detail.message].filter(Boolean).join('  ');
      await output.lines(align([[placeOf(input.name, request), t(`create.${outcome}`), tracker_name, text]]));
    }
    const { created, skipped, exists, failed, unknown } = counts;
    progress.update({ done: created + skipped + exists + failed + unknown, failed: failed + unknown });
  }

  async function handle(request: TrackerRequest) {
    const before = journal.find(project, request.value.tracker_name);
    const sha256 = createHash('sha256').update(JSON.stringify(request.value)).digest('hex');
    const mayExist = before?.event === 'intent' || before?.outcome === 'unknown';
    if (before?.outcome === 'created' || before?.outcome === 'exists') {
      const changed = before.sha256 !== sha256 && { changed: true, message: t('create.changed') };
      await report(request, 'skipped', { ...(before.id && { id: before.id }), ...changed });
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
    journal.intent({ ...record, line: request.line ?? request.item });
    let response: CreateTrackerResponse;
    try {
      // Without the signal: a request in flight is completed, so that its outcome is known.
      response = await client.createTracker(request.value);
    } catch (error) {
      if (!core.isCtsError(error)) throw error;
      const { kind, errorCode: error_code, requestId: request_id, message } = error;
      const outcome = outcomeOf(error, mayExist);
      journal.outcome({ ...record, outcome, kind, error_code, request_id });
      outages = OUTAGE.includes(kind) ? outages + 1 : 0;
      if (FATAL.includes(kind) || outages >= MAX_OUTAGE) fatal ??= error;
      const shown = outcome === 'exists' ? t('create.existsNow') : message;
      return report(request, outcome, { kind, error_code, request_id, message: shown });
    }
    journal.outcome({ ...record, outcome: 'created', id: response.id });
    outages = 0;
    return report(request, 'created', { id: response.id });
  }

  try {
    // The workers share one iterator.
    const queue = requests.values();
    const work = async () => {
      for (const request of queue) await handle(request);
    };
    const ended = await Promise.allSettled(Array.from({ length: values.concurrency }, work));
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
  } finally {
    progress.end();
  }

  const { path } = journal;
  const notes = [t('create.summary', counts)];
  if (counts.left > 0) {
    notes.push(t(fatal ? 'create.stopped' : 'create.interrupted', { left: counts.left, reason: fatal?.message }));
  }
  if (counts.unknown > 0) notes.push(t('create.unknownHint'));
  if (path) notes.push(t('create.journal', { path }));
  await output.summary(
    { command: 'create', ...counts, interrupted: signal.aborted, ...(path && { journal: path }) },
    notes,
  );
  return counts.failed + counts.unknown > 0 || fatal ? EXIT.service : EXIT.ok;
}

interface Detail {
  id?: string | undefined;
  kind?: CtsErrorKind;
  error_code?: string | undefined;
  request_id?: string | undefined;
  message?: string;
  changed?: boolean;
}

/** `mayExist`: an earlier request of unknown outcome may have created the tracker. */
function outcomeOf({ kind, errorCode = '', sent, mayAlreadyExist }: CtsError, mayExist: boolean): Outcome {
  if (EXISTS.includes(errorCode) && (mayExist || mayAlreadyExist)) return 'exists';
  const refused = sent === 'no' || (REFUSED.includes(kind) && sent !== 'unknown');
  return refused && !mayExist ? 'failed' : 'unknown';
}

/** A journal of another service does not tell whether the trackers exist in this one. */
function refuseOtherTargets(
  { values, t }: CreateContext,
  journal: Journal,
  requests: readonly TrackerRequest[],
  project: string,
  target: string,
) {
  if (values['any-target']) return;
  const others = requests
    .map(({ value }) => journal.find(project, value.tracker_name))
    .filter((record): record is JournalRecord => record !== undefined && record.outcome !== 'failed')
    .map((record) => record.target)
    .filter((other) => other !== target);
  if (others.length === 0) return;
  const targets = [...new Set(others)].join(t('comma'));
  throw new CliError(t('journal.elsewhere', { path: journal.path, targets, target }), { code: 'journal' });
}
