// Text in aligned columns that is safe to show on a terminal.

// Control characters, line breaks and marks that change the direction of text: content of a file must not control the
// terminal.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Escapes whatever is unsafe. The result is one line. */
export const escapeUnsafe = (text: string): string =>
  text.replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The number of terminal columns that a text takes. An East Asian character takes two. */
export const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (WIDE.test(c) ? 2 : 1), 0);

export type Colour = 'red' | 'yellow' | 'green';

/** A part of a line that has a colour, if the output has colours. */
export interface Coloured {
  readonly text: string;
  readonly colour: Colour;
}

export type Cell = string | Coloured;

/** A line in parts. */
export type Line = string | readonly Cell[];

const textOf = (cell: Cell) => (typeof cell === 'string' ? cell : cell.text);
const withText = (cell: Cell, text: string) => (typeof cell === 'string' ? text : { ...cell, text });

/** A longer cell is shown in full, but does not widen its column: every later row would be as long. */
const MAX_WIDTH = 80;

/** Columns that never become narrower, so that rows of later calls stay aligned. The last cell of a row is not padded. */
export function createColumns(minimums: readonly number[]): (rows: readonly (readonly Cell[])[]) => Line[] {
  const widths = [...minimums];
  return (rows) => {
    const escaped = rows.map((row) => row.map((cell) => withText(cell, escapeUnsafe(textOf(cell)))));
    for (const row of escaped) {
      row.slice(0, -1).forEach((cell, i) => {
        widths[i] = Math.max(widths[i] ?? 0, Math.min(widthOf(textOf(cell)), MAX_WIDTH));
      });
    }
    return escaped.map((row) => {
      const parts: Cell[] = [];
      row.forEach((cell, i) => {
        const isLast = row.slice(i + 1).every((other) => textOf(other) === '');
        const room = Math.max(0, (widths[i] ?? 0) - widthOf(textOf(cell)));
        if (!isLast) parts.push(cell, ' '.repeat(room + 2));
        else if (textOf(cell) !== '') parts.push(cell);
      });
      return parts.every((part) => typeof part === 'string') ? parts.join('').trimEnd() : parts;
    });
  };
}
