import type { CliError } from './cli-error.js';
import { escapeUnsafe } from './columns.js';
import { Progress } from './progress.js';

/** Writes results to standard output, as text or as JSON, and notes for people to standard error. */
export class Output {
  readonly #hints = new Set<string>();
  #closed = false;
  #progress: Progress | undefined;
  #resume = () => {};

  /** `onClosed` is called when nobody reads standard output any more. */
  constructor(
    readonly stdout: NodeJS.WriteStream,
    readonly stderr: NodeJS.WriteStream,
    /** Whether standard output has JSON for programs. */
    public json: boolean,
    onClosed: () => void,
  ) {
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
  async lines(lines: readonly string[]): Promise<void> {
    if (!this.json) await this.#write(lines);
  }

  /** Results for programs, one JSON object per line. */
  async objects(objects: readonly object[]): Promise<void> {
    if (this.json) await this.#write(objects.map((object) => JSON.stringify(object)));
  }

  async #write(lines: readonly string[]) {
    if (this.#closed || lines.length === 0) return;
    this.#progress?.clear();
    // Wait for a slow reader, or the output fills the memory.
    if (!this.stdout.write(`${lines.join('\n')}\n`) && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#progress?.draw();
  }

  /** Something that a person should know and a pipe should not carry. */
  note(text: string): void {
    this.#progress?.clear();
    this.stderr.write(`${text}\n`);
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
    this.note(`cts-tracker: ${escapeUnsafe(message)}${hint ? `\n${hint}` : ''}`);
  }

  /** Shows a progress bar until `endProgress`. */
  startProgress(label: string, total: number): Progress {
    this.#progress = new Progress(this.stderr, label, total);
    return this.#progress;
  }

  endProgress(): void {
    this.#progress?.clear();
    this.#progress = undefined;
  }
}
