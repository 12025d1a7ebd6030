// cts-tracker create: creates the trackers of a file, and none of them twice, however often it is run or interrupted.
import { createHash } from 'node:crypto';
import { EXIT, Failure } from './failure.js';
import { createHints } from './hints.js';
import { openInput } from './input.js';
import { keyOf, openJournal } from './journal.js';
import { columns } from './output.js';
import { worldOfTrackers } from './rehearsal.js';
import { openService } from './service.js';
import { judge, reporter, where } from './validate-file.js';

/** The service has said no: the tracker is not there by this call. Whatever else fails leaves that open. */
const REFUSED = ['validation', 'auth', 'forbidden', 'not_found', 'conflict', 'throttled', 'rejected', 'unavailable'];
/** The next one would fail in the same way, and five wrong signatures lock a key. */
const HOPELESS = ['auth', 'forbidden', 'network', 'proxy', 'internal'];
/** So many in a row that say nothing about the tracker, and the service is left alone. */
const PATIENCE = 3;
const OUT_OF_ORDER = ['throttled', 'unavailable', 'server', 'timeout', 'outcome_unknown', 'bad_response'];
/** There is such a tracker already. */
const EXISTS = ['CTS.0201', 'CTS.0208'];

export async function create(context) {
  const { values, positionals, output, t, load, locale, signal } = context;
  if (positionals.length !== 1) throw new Failure(t('usage.oneFile', { command: 'create' }));
  const [path] = positionals;
  const core = await load.core();
  const service = await openService(context, 'projectId');
  // The emulator of this run is gone with it: there is nothing to go on with next time.
  if (path === '-' && !values.journal && !service.emulated) throw new Failure(t('create.stdinJournal'));
  const journalPath = values.journal ?? (service.emulated ? undefined : `${path}.journal.ndjson`);

  const input = await openInput(path, values.input, t);
  const report = reporter({ output, core, t });
  const hints = createHints(output);
  const judged = await judge(input, {
    kind: 'createTracker',
    core,
    locale,
    t,
    signal,
    keep: true,
    onBad: (bad) => report(input.name, bad),
    onHint: hints.add,
  });
  hints.tell();
  if (signal.aborted) return EXIT.fine;
  if (judged.invalid > 0) {
    await output.objects([{ type: 'summary', command: 'create', invalid: judged.invalid, created: 0 }]);
    if (!output.json) output.note(t('create.nothingSent', { invalid: judged.invalid }));
    return EXIT.issues;
  }
  service.rehearse?.(worldOfTrackers(judged.values.map(({ value }) => value)));

  const journal =
    journalPath === undefined
      ? { records: new Map(), intent() {}, outcome() {}, close() {} }
      : openJournal(journalPath, t);
  try {
    return await perform(context, { input, service, journal, journalPath, core, requests: judged.values });
  } finally {
    journal.close();
  }
}

function digest(value) {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

async function perform({ values, output, t, signal }, { input, service, journal, journalPath, core, requests }) {
  const { client, projectId: project, target } = service;
  const tally = { created: 0, skipped: 0, exists: 0, failed: 0, unknown: 0, left: 0 };
  const align = columns([18, 8, 32]);
  const bar = output.progress(t('create.progress'), requests.length);
  let done = 0;

  const tell = async (entry, outcome, detail = {}) => {
    tally[outcome] += 1;
    done += 1;
    const { tracker_name: name } = entry.value;
    await output.objects([
      { type: 'tracker', file: input.name, line: entry.line, item: entry.item, tracker_name: name, outcome, ...detail },
    ]);
    if (!values.quiet || !['created', 'skipped'].includes(outcome)) {
      const text = [detail.id, detail.error_code ?? detail.kind, detail.message].filter(Boolean).join('  ');
      await output.lines(align([[where(input.name, entry), t(`create.${outcome}`), name, text]]));
    }
    bar.update({ done, failed: tally.failed + tally.unknown });
  };

  const plan = [];
  const elsewhere = new Set();
  for (const entry of requests) {
    const before = journal.records.get(keyOf(project, entry.value.tracker_name));
    const failedBefore = before?.event === 'outcome' && before.outcome === 'failed';
    if (before && !failedBefore && before.target !== target) elsewhere.add(before.target);
    plan.push({ entry, before });
  }
  if (elsewhere.size > 0 && !values['any-target']) {
    bar.end();
    throw new Failure(
      t('journal.elsewhere', { path: journalPath, targets: [...elsewhere].join(t('comma')), target }),
      EXIT.misuse,
      { code: 'journal' },
    );
  }

  let hopeless;
  let outOfOrder = 0;
  const queue = plan.values();
  const work = async () => {
    for (const { entry, before } of queue) {
      const unknownBefore = before !== undefined && (before.event === 'intent' || before.outcome === 'unknown');
      const doneBefore = before?.event === 'outcome' && ['created', 'exists'].includes(before.outcome);
      const sha256 = digest(entry.value);
      if (doneBefore) {
        const changed = before.sha256 !== sha256;
        await tell(entry, 'skipped', {
          ...(before.id && { id: before.id }),
          ...(changed && { changed, message: t('create.changed') }),
        });
      } else if (unknownBefore && !values['retry-unknown']) {
        await tell(entry, 'unknown', { kind: 'outcome_unknown', message: t('create.notResent') });
      } else if (signal.aborted || hopeless) {
        tally.left += 1;
      } else await one(entry, unknownBefore, sha256);
    }
  };

  async function one(entry, unknownBefore, sha256) {
    const identity = { project, tracker: entry.value.tracker_name };
    journal.intent({ ...identity, line: entry.line ?? entry.item, sha256, target });
    let answer;
    let error;
    try {
      // Not given our signal: a call under way is brought to its end, so that its outcome is known.
      answer = await client.createTracker(entry.value);
    } catch (cause) {
      if (!core.isCtsError(cause)) throw cause;
      error = cause;
    }
    if (!error) {
      journal.outcome({ ...identity, outcome: 'created', sha256, target, id: answer.id });
      outOfOrder = 0;
      await tell(entry, 'created', { id: answer.id });
      return;
    }
    const { kind, errorCode, requestId, message } = error;
    const detail = { kind, error_code: errorCode, request_id: requestId };
    let outcome = error.sent === 'no' || (REFUSED.includes(kind) && error.sent !== 'unknown') ? 'failed' : 'unknown';
    // The earlier try of which nothing was known, or one of this call, has made it.
    if (EXISTS.includes(errorCode) && (unknownBefore || error.mayAlreadyExist)) outcome = 'exists';
    // A try that never left says nothing of the one before it.
    else if (unknownBefore && outcome === 'failed') outcome = 'unknown';
    journal.outcome({ ...identity, outcome, sha256, target, ...detail });
    outOfOrder = OUT_OF_ORDER.includes(kind) ? outOfOrder + 1 : 0;
    if (HOPELESS.includes(kind) || outOfOrder >= PATIENCE) hopeless ??= error;
    await tell(entry, outcome, { ...detail, message: outcome === 'exists' ? t('create.existsNow') : message });
  }

  try {
    const workers = Array.from({ length: values.concurrency }, work);
    const ended = await Promise.allSettled(workers);
    for (const { reason } of ended) if (reason) throw reason;
  } finally {
    bar.end();
  }

  await output.objects([
    {
      type: 'summary',
      command: 'create',
      ...tally,
      interrupted: signal.aborted,
      ...(journalPath && { journal: journalPath }),
    },
  ]);
  if (!output.json) {
    output.note(t('create.summary', tally));
    if (tally.left > 0)
      output.note(
        t(hopeless ? 'create.stopped' : 'create.interrupted', { left: tally.left, reason: hopeless?.message }),
      );
    if (tally.unknown > 0) output.note(t('create.unknownHint'));
    if (journalPath) output.note(t('create.journal', { path: journalPath }));
  }
  return tally.failed + tally.unknown > 0 || hopeless ? EXIT.service : EXIT.fine;
}
