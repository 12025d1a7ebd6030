// The only way to standard output and standard error. Content of a file or a response must not control the terminal.
import { type Cell, type Colour, escapeUnsafe, type Line } from './columns.js';

const COLOURS: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33 };
const CLEAR_LINE = '\r\u001b[2K';

export class Terminal {
  /** Node.js respects `NO_COLOR`, `FORCE_COLOR` and `TERM`. */
  readonly #hasColours: boolean;

  constructor(
    readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'> &
      Partial<Pick<NodeJS.WriteStream, 'hasColors'>>,
  ) {
    this.#hasColours = stream.isTTY === true && stream.hasColors?.() === true;
  }

  /** Writes each text as one line, and returns false if the reader is slow. JSON stays JSON with the same content. */
  writeLines(lines: readonly Line[]): boolean {
    const parts = (line: Line) => (typeof line === 'string' ? [line] : line).map((part) => this.#format(part)).join('');
    return this.stream.write(lines.map((line) => `${parts(line)}\n`).join(''));
  }

  #format(part: Cell): string {
    if (typeof part === 'string') return escapeUnsafe(part);
    const text = escapeUnsafe(part.text);
    return this.#hasColours ? `\u001b[${COLOURS[part.colour]}m${text}\u001b[39m` : text;
  }

  /** Replaces the line of the cursor. */
  redrawLine(text = ''): void {
    this.stream.write(CLEAR_LINE + escapeUnsafe(text));
  }
}
