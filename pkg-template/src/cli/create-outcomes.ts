// The outcomes of one run of `create`: shown, counted, and recorded in the journal.
import { createHash } from 'node:crypto';
import type { CreationDifference } from '../client/types.js';
import { CliError } from './cli-error.js';
import { type Colour, createColumns } from './columns.js';
import type { CreateContext, TrackerRequest } from './create-trackers.js';
import { type ErrorText, sentencesOf, shorten } from './error-text.js';
import type { Journal, JournalRecord, Outcome } from './journal.js';
import { placeOf } from './problems.js';
import type { Progress } from './progress.js';
import type { Service } from './service.js';

type State = Outcome | 'skipped';

const COLOURS: Readonly<Record<State, Colour>> = {
  created: 'green',
  skipped: 'green',
  exists: 'yellow',
  unknown: 'yellow',
  existed_before: 'yellow',
  differs: 'yellow',
  not_seen: 'yellow',
  failed: 'red',
};

export interface Detail extends ErrorText, Omit<JournalRecord, keyof RecordOf | 'event' | 'outcome' | 'line' | 'at'> {
  readonly changed?: boolean;
  /** The values are shown, and not recorded. */
  readonly found?: readonly CreationDifference[];
  /** False if the outcome is not in the journal. */
  readonly recorded?: boolean;
}

type RecordOf = Pick<JournalRecord, 'project' | 'tracker' | 'sha256' | 'target'>;

const sha256Of = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

export class Outcomes {
  /** By the last outcome of each request. */
  readonly counts: Record<State, number> = {
    created: 0,
    skipped: 0,
    exists: 0,
    existed_before: 0,
    differs: 0,
    not_seen: 0,
    failed: 0,
    unknown: 0,
  };
  /** Those that a lookup found, by outcome. */
  readonly found: Record<State, number> = { ...this.counts };
  /** Why the journal cannot be written. */
  unwritable: CliError | undefined;
  /** Shows how many requests have an outcome. */
  progress: Progress | undefined;
  readonly #last = new Map<TrackerRequest, State>();
  readonly #align = createColumns([18, 8, 32]);

  constructor(
    readonly context: CreateContext,
    readonly file: string,
    readonly service: Service,
    readonly journal: Journal | undefined,
  ) {}

  of(request: TrackerRequest): State | undefined {
    return this.#last.get(request);
  }

  get size(): number {
    return this.#last.size;
  }

  /** The last record of an earlier run or of this one. */
  recordOf({ value }: TrackerRequest): JournalRecord | undefined {
    return this.journal?.find(this.service.id, value.tracker_name);
  }

  /** Whether a request differs from the one that was recorded. */
  isChanged(request: TrackerRequest): boolean {
    const record = this.recordOf(request);
    return record !== undefined && record.sha256 !== sha256Of(request.value);
  }

  /** Records that a request will be sent, and returns the time; undefined if that cannot be recorded. */
  begin(request: TrackerRequest): number | undefined {
    const { journal, service } = this;
    const { line = request.item, value } = request;
    try {
      journal?.add({ event: 'intent', ...this.#fields(request), line });
      return journal?.sentAt(service.id, value.tracker_name) ?? Date.now();
    } catch (error) {
      this.#catchUnwritable(error);
      return undefined;
    }
  }

  /** Records the outcome. It is shown in any case, and says so if it is not recorded. */
  async settle(request: TrackerRequest, outcome: Outcome, detail: Detail): Promise<void> {
    if (this.#record(request, outcome, detail)) return this.report(request, outcome, detail);
    const { t } = this.context;
    const unrecorded = t('create.notRecorded', { outcome: t(`create.${outcome}`) });
    const message = [detail.message, unrecorded].filter(Boolean).join('  ');
    return this.report(request, outcome, { ...detail, message, recorded: false });
  }

  #record(request: TrackerRequest, outcome: Outcome, detail: Detail): boolean {
    const { message: _, reason: __, changed: ___, found: ____, error_msg, ...recorded } = detail;
    const record = this.#fields(request);
    // What a lookup found is about the request as it was sent.
    const sha256 = (detail.resolved && this.recordOf(request)?.sha256) || record.sha256;
    try {
      const sentence = error_msg ? { error_msg } : {};
      this.journal?.add({ event: 'outcome', ...record, sha256, outcome, ...recorded, ...sentence });
      return true;
    } catch (error) {
      this.#catchUnwritable(error);
      return false;
    }
  }

  /** Takes back outcomes, because their requests are sent again. */
  forget(isForgotten: (outcome: State) => boolean): void {
    for (const [request, outcome] of this.#last) {
      if (!isForgotten(outcome)) continue;
      this.#last.delete(request);
      this.counts[outcome] -= 1;
    }
  }

  /** Shows an outcome, and counts it in place of an earlier one. */
  async report(request: TrackerRequest, outcome: State, detail: Detail): Promise<void> {
    const { values, output, t } = this.context;
    const before = this.#last.get(request);
    if (before) this.counts[before] -= 1;
    this.counts[outcome] += 1;
    if (detail.resolved) this.found[outcome] += 1;
    this.#last.set(request, outcome);

    const { line, item, value } = request;
    const { tracker_name } = value;
    const { differences: _, found: differences, ...shown } = detail;
    await output.objects([
      { type: 'tracker', file: this.file, line, item, tracker_name, outcome, ...shown, differences },
    ]);
    const isExpected = outcome === 'created' || outcome === 'skipped';
    if (!values.quiet || !isExpected || detail.resolved || detail.recorded === false) {
      const state = { text: t(`create.${outcome}`), colour: COLOURS[outcome] };
      await output.lines(this.#align([[placeOf(this.file, request), state, tracker_name, this.#text(detail)]]));
    }
    const { failed, unknown, not_seen } = this.counts;
    this.progress?.update({ done: this.size, failed: failed + unknown + not_seen });
  }

  #text(detail: Detail): string {
    const { t } = this.context;
    const { id, error_code, kind } = detail;
    const differences = detail.found?.map(({ path, sent, found }) =>
      t('create.difference', { path: path.join('.'), sent: valueText(sent), found: valueText(found) }),
    );
    return [id, error_code ?? kind, sentencesOf(detail, t), ...(differences ?? [])].filter(Boolean).join('  ');
  }

  #fields({ value }: TrackerRequest): RecordOf {
    const { id: project, target } = this.service;
    return { project, tracker: value.tracker_name, sha256: sha256Of(value), target };
  }

  #catchUnwritable(error: unknown) {
    if (!(error instanceof CliError)) throw error;
    this.unwritable ??= error;
  }
}

const valueText = (value: unknown) => shorten(JSON.stringify(value) ?? '');
