// The validation of a file: its worker, and what is known of the file so far.
import { announce } from '../announce.js';
import { languageCode, t } from '../i18n.js';
import { openDraft } from '../open-draft.js';
import type { Kind, Message } from './messages.js';
import { Report } from './report.js';

/** The address of the worker, which is bundled apart from the page. */
const WORKER = 'validate-file/worker.js';

export type Status = 'idle' | 'running' | 'done' | 'stopped' | 'unreadable';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export class Session {
  file: File | undefined;
  /** What the user says that the file contains; undefined to find out. */
  chosenKind: Kind | undefined;
  kind: Kind | undefined;
  status: Status = 'idle';
  /** Why the file is unreadable. */
  reason = '';
  bytes = 0;
  report: Report = new Report();
  /** Whether the last line that was opened is not an object. */
  isNotOpened = false;
  readonly #changed: () => void;
  #worker: Worker | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  validate(file: File): void {
    if (this.status === 'running') this.#endWorker();
    // A worker that has nothing to do is used again: it has compiled the wasm, and needs no connection.
    const worker = (this.#worker ??= this.#startWorker());
    this.file = file;
    this.kind = this.chosenKind;
    this.status = 'running';
    this.bytes = 0;
    this.report = new Report();
    this.isNotOpened = false;
    worker.postMessage({ type: 'validate', file, kind: this.chosenKind, language: languageCode() });
    this.#say();
  }

  chooseKind(kind: Kind | undefined): void {
    this.chosenKind = kind;
    if (this.file) this.validate(this.file);
  }

  stop(): void {
    this.#endWorker();
    this.status = 'stopped';
    this.#say();
  }

  /** Opens the request of a line in the form. */
  open(line: number): void {
    this.#worker?.postMessage({ type: 'read', number: line });
  }

  get canOpen(): boolean {
    return this.kind === 'createTracker' && this.#worker !== undefined;
  }

  get statusText(): string {
    const { lines = 0, invalid = 0, warned = 0 } = this.report.counts ?? {};
    if (this.status === 'idle') return '';
    if (this.status === 'running') return t('validateFile.running', { file: this.file?.name ?? '' });
    if (this.status === 'stopped') return t('validateFile.stopped');
    if (this.status === 'unreadable') return t('validateFile.unreadable', { reason: this.reason });
    return t('validateFile.summary', { lines, invalid, warned });
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL(WORKER, document.baseURI), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Message>) => this.#receive(data);
    worker.onerror = () => {
      this.#endWorker();
      this.#receive({ type: 'unreadable', reason: t('page.notLoaded') });
    };
    return worker;
  }

  #endWorker(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #say(): void {
    announce(this.statusText);
    this.#changed();
  }

  #receive(message: Message): void {
    if (message.type === 'started') this.kind = message.kind;
    if (message.type === 'progress') this.bytes = message.bytes;
    if (message.type === 'progress' || message.type === 'done') this.report.add(message.bad);
    if (message.type === 'done') {
      this.report.counts = message.counts;
      this.status = 'done';
    }
    if (message.type === 'unreadable') {
      this.status = 'unreadable';
      this.reason = message.reason;
    }
    if (message.type === 'item') {
      this.isNotOpened = !isObject(message.value);
      if (isObject(message.value)) openDraft(message.value);
    }
    if (message.type === 'done' || message.type === 'unreadable') this.#say();
    else this.#changed();
  }
}
