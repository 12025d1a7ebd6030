// The only way to standard output and standard error. Content of a file or a response must not control the terminal.
import { escapeUnsafe } from './columns.js';

const CLEAR_LINE = '\r\u001b[2K';

export class Terminal {
  constructor(readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>) {}

  /** Writes each text as one line, and returns false if the reader is slow. JSON stays JSON with the same content. */
  writeLines(lines: readonly string[]): boolean {
    return this.stream.write(lines.map((line) => `${escapeUnsafe(line)}\n`).join(''));
  }

  /** Replaces the line of the cursor. */
  redrawLine(text = ''): void {
    this.stream.write(CLEAR_LINE + escapeUnsafe(text));
  }
}
