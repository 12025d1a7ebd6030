import type { CliError } from './cli-error.js';
import type { Line } from './columns.js';
import { Progress } from './progress.js';
import { Terminal } from './terminal.js';

/** Writes results to standard output, as text or as JSON, and notes for people to standard error. */
export class Output {
  readonly #stdout: Terminal;
  readonly #stderr: Terminal;
  readonly #hints = new Set<string>();
  #closed = false;
  #progress: Progress | undefined;
  #resume = () => {};

  /** `onClosed` is called when standard output is closed. */
  constructor(
    stdout: NodeJS.WriteStream,
    stderr: NodeJS.WriteStream,
    /** Whether standard output has JSON for programs. */
    public json: boolean,
    onClosed: () => void,
  ) {
    this.#stdout = new Terminal(stdout);
    this.#stderr = new Terminal(stderr);
    stdout.on('error', () => {
      this.#closed = true;
      this.#resume();
      onClosed();
    });
    stdout.on('drain', () => this.#resume());
    stdout.on('close', () => this.#resume());
    // An error of standard error cannot be reported.
    stderr.on('error', () => {});
  }

  /** Results as text. */
  async lines(lines: readonly Line[]): Promise<void> {
    if (!this.json) await this.#write(lines);
  }

  /** A text of several lines for people and programs. */
  async text(text: string): Promise<void> {
    await this.#write(text.split('\n'));
  }

  /** Results for programs, one JSON object per line. */
  async objects(objects: readonly object[]): Promise<void> {
    if (this.json) await this.#write(objects.map((object) => JSON.stringify(object)));
  }

  async #write(lines: readonly Line[]) {
    if (this.#closed || lines.length === 0) return;
    this.#progress?.clear();
    // Wait for a slow reader, or the output fills the memory.
    if (!this.#stdout.writeLines(lines) && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#progress?.draw();
  }

  /** Something that a person should know and a pipe should not carry. */
  note(...lines: Line[]): void {
    this.#progress?.clear();
    this.#stderr.writeLines(lines);
    this.#progress?.draw();
  }

  /** A note that is shown before the summary, once. */
  hint(text: string): void {
    this.#hints.add(text);
  }

  async summary(object: object, notes: readonly string[] = []): Promise<void> {
    await this.objects([{ type: 'summary', ...object }]);
    if (!this.json) for (const note of [...this.#hints, ...notes]) this.note(note);
  }

  error({ code, message, hint }: CliError): void {
    this.objects([{ type: 'error', code, message }]);
    this.note([{ text: 'cts-tracker:', colour: 'red' }, ` ${message}`], ...(hint ? [hint] : []));
  }

  /** Shows a progress bar until `endProgress`. */
  startProgress(label: string, total: number): Progress {
    this.#progress = new Progress(this.#stderr, label, total);
    return this.#progress;
  }

  endProgress(): void {
    this.#progress?.clear();
    this.#progress = undefined;
  }
}
