// The buckets, and the run that checks them.
import { createCtsClient, type Issue, isCtsError, validateCheckObsBuckets } from 'cts-tracker';
import type { Account } from '../account.js';
import { announce } from '../announce.js';
import { apiFetch, apiUrl } from '../api.js';
import { packageLocale, t } from '../i18n.js';
import { type BucketRow, isEmpty, issuesByRow, newRow, ratingOf, requestOf } from './rows.js';

/** More rows would make the page slow. */
export const MAX_ROWS = 5000;
const BATCH_SIZE = 20;

const haveSameMessages = (before: readonly Issue[], after: readonly Issue[]): boolean =>
  before.length === after.length &&
  after.every(({ message, path }, index) => {
    const other = before[index];
    return other?.message === message && other.path[2] === path[2];
  });

export class Session {
  readonly rows: BucketRow[] = [newRow()];
  progress: { readonly done: number; readonly total: number } | undefined;
  /** Why a whole run failed. */
  error = '';
  readonly #account: Account;
  readonly #changed: () => void;
  #controller: AbortController | undefined;

  constructor(account: Account, changed: () => void) {
    this.#account = account;
    this.#changed = changed;
  }

  get isRunning(): boolean {
    return this.#controller !== undefined;
  }

  get region(): string {
    return this.#account.region;
  }

  /** Adds rows in the place of empty ones. Returns how many there was no room for. */
  add(rows: readonly BucketRow[]): number {
    const kept = this.rows.filter((row) => !isEmpty(row));
    const all = [...kept, ...rows];
    this.rows.splice(0, Infinity, ...(all.length > 0 ? all.slice(0, MAX_ROWS) : [newRow('', this.region)]));
    this.validate();
    return Math.max(0, all.length - MAX_ROWS);
  }

  remove(row: BucketRow): void {
    const index = this.rows.indexOf(row);
    if (index >= 0) this.rows.splice(index, 1);
    if (this.rows.length === 0) this.rows.push(newRow('', this.region));
    this.validate();
  }

  clear(): void {
    this.rows.splice(0, Infinity, newRow('', this.region));
    this.validate();
  }

  /** Validates all rows at once, because a row may repeat another one. */
  validate(): void {
    const body = { buckets: this.rows.map(requestOf) };
    const { issues = [], warnings } = validateCheckObsBuckets(body, { locale: packageLocale() });
    const byRow = issuesByRow([...issues, ...warnings], this.rows.length);
    for (const [index, row] of this.rows.entries()) {
      const found = byRow[index] ?? [];
      // A row that has the same issues keeps its list, by which the table sees that nothing changed.
      if (!haveSameMessages(row.issues, found)) row.issues = found;
    }
    this.#changed();
  }

  stop(): void {
    this.#controller?.abort();
  }

  /** Checks the rows without errors, or only those whose check failed. */
  async run({ onlyFailed = false } = {}): Promise<void> {
    if (this.#controller) return;
    const rows = this.rows.filter(
      (row) => !row.issues.some(({ severity }) => severity === 'error') && (!onlyFailed || ratingOf(row) === 'failed'),
    );
    if (rows.length === 0) return;
    const controller = new AbortController();
    this.#controller = controller;
    this.error = '';
    for (const row of rows) row.result = undefined;
    this.progress = { done: 0, total: rows.length };
    this.#changed();
    announce(t('checkBuckets.running', { done: 0, total: rows.length }));
    try {
      await this.#check(rows, controller.signal);
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    } finally {
      this.#controller = undefined;
      this.progress = undefined;
      this.#changed();
      announce(this.summary);
    }
  }

  async #check(rows: readonly BucketRow[], signal: AbortSignal): Promise<void> {
    const client = createCtsClient({ baseUrl: apiUrl(''), fetch: apiFetch, locale: packageLocale() });
    const { domainId } = this.#account;
    // Slices show their results while the rest is checked.
    const slices = Array.from({ length: Math.ceil(rows.length / (4 * BATCH_SIZE)) }, (_, index) =>
      rows.slice(index * 4 * BATCH_SIZE, (index + 1) * 4 * BATCH_SIZE),
    );
    let done = 0;
    for (const slice of slices) {
      if (signal.aborted) return;
      const results = await client.checkBuckets(slice.map(requestOf), { domainId, signal, batchSize: BATCH_SIZE });
      for (const [index, { result, error }] of results.entries()) {
        const row = slice[index];
        if (!row) continue;
        if (result) row.result = { bucket: result };
        else if (isCtsError(error) && error.kind !== 'aborted') row.result = { error };
      }
      done += slice.length;
      this.progress = { done, total: rows.length };
      this.#changed();
    }
  }

  get counts(): Readonly<Record<ReturnType<typeof ratingOf>, number>> {
    const counts = { unchecked: 0, good: 0, bad: 0, failed: 0 };
    for (const row of this.rows) counts[ratingOf(row)] += 1;
    return counts;
  }

  get summary(): string {
    const { good, bad, failed, unchecked } = this.counts;
    return t('checkBuckets.summary', { good, bad, failed, unchecked });
  }
}
