// Writes results to standard output, as text or as JSON, and notes for people to standard error.
import type { CliError } from './cli-error.js';
import { escapeUnsafe } from './columns.js';
import { createProgress, type Progress } from './progress.js';

export interface Output {
  /** Whether standard output has JSON for programs instead of text. */
  json: boolean;
  /** Results as text. */
  lines(lines: readonly string[]): Promise<void>;
  /** Results for programs: one JSON object per line. */
  objects(objects: readonly object[]): Promise<void>;
  /** Something that a person should know and a pipe should not carry. */
  note(text: string): void;
  /** A note that is shown once, before the summary, however often it is given. */
  hint(text: string): void;
  summary(object: object, notes: readonly string[]): Promise<void>;
  error(error: CliError): void;
  /** Shows a progress bar until `end` of the result is called. */
  progress(label: string, total: number): { update: Progress['update']; end(): void };
}

interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  json: boolean;
  /** Called when standard output cannot be written any more. */
  onClosed(): void;
}

export function createOutput({ stdout, stderr, json, onClosed }: Streams): Output {
  const hints = new Set<string>();
  let closed = false;
  let progress: Progress | undefined;
  let resume = () => {};

  stdout.on('error', () => {
    closed = true;
    resume();
    onClosed();
  });
  stdout.on('drain', () => resume());
  stdout.on('close', () => resume());
  // Nothing can be reported without standard error.
  stderr.on('error', () => {});

  async function write(lines: readonly string[]) {
    if (closed || lines.length === 0) return;
    progress?.clear();
    // Wait for a slow reader, or the output fills the memory.
    if (!stdout.write(`${lines.join('\n')}\n`) && !closed) {
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
    }
    progress?.draw();
  }

  const output: Output = {
    json,
    async lines(lines) {
      if (!output.json) await write(lines);
    },
    async objects(objects) {
      if (output.json) await write(objects.map((object) => JSON.stringify(object)));
    },
    note(text) {
      progress?.clear();
      stderr.write(`${text}\n`);
      progress?.draw();
    },
    hint: (text) => void hints.add(text),
    async summary(object, notes) {
      await output.objects([{ type: 'summary', ...object }]);
      if (!output.json) for (const note of [...hints, ...notes]) output.note(note);
    },
    error({ code, message, hint }) {
      output.objects([{ type: 'error', code, message }]);
      output.note(`cts-tracker: ${escapeUnsafe(message)}${hint ? `\n${hint}` : ''}`);
    },
    progress(label, total) {
      const bar = createProgress(stderr, label, total);
      progress = bar;
      return {
        update: bar.update,
        end() {
          bar.clear();
          progress = undefined;
        },
      };
    },
  };
  return output;
}
