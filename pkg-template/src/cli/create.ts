// cts-tracker create: creates the trackers of a file, each of them once, however often it is run or interrupted.
import { CliError, EXIT } from './cli-error.js';
import { type Command, command, onlyFile } from './command.js';
import { CREATE_OPTIONS, type CreateContext, createTrackers, type TrackerRequest } from './create-trackers.js';
import { accountForTrackers } from './dry-run.js';
import { openInput } from './input.js';
import { Journal } from './journal.js';
import { createReport } from './problems.js';
import { TRACKERS } from './request-kind.js';
import { openService, type Service } from './service.js';
import { refuseUnknown, validateFile } from './validate-file.js';

export const create: Command = command({
  options: CREATE_OPTIONS,
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
    const options = { kind: TRACKERS, report: createReport(context), showWarnings: true, keep: true };
    const { requests, invalid, misspelt } = await validateFile(context, input, options);
    if (signal.aborted) return EXIT.ok;
    if (invalid > 0) {
      await output.summary({ command: 'create', invalid, created: 0 }, [t('create.nothingSent', { invalid })]);
      return EXIT.issues;
    }
    if (misspelt > 0 && !values['allow-unknown']) return refuseUnknown(context, 'create', misspelt);
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
