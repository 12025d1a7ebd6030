// A progress bar that redraws itself in place.
import { widthOf } from './columns.js';

export interface Progress {
  update(state: { readonly done: number; readonly failed: number }): void;
  draw(): void;
  clear(): void;
}

const CLEAR_LINE = '\r\u001b[2K';
const REDRAW_MS = 100;

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Draws nothing if `stream` is not a terminal. */
export function createProgress(stream: Terminal, label: string, total: number): Progress {
  const startedAt = Date.now();
  let done = 0;
  let failed = 0;
  let drawnAt = 0;
  let visible = false;

  function draw() {
    if (!stream.isTTY) return;
    const part = total > 0 ? Math.min(1, done / total) : 0;
    const elapsed = (Date.now() - startedAt) / 1000;
    const left = done > 0 && part < 1 ? `  ${clock((elapsed / done) * (total - done))}` : '';
    const text = `${label} ${done}/${total}${failed > 0 ? `  ✗ ${failed}` : ''}${left}`;
    const room = Math.min(40, (stream.columns || 80) - widthOf(text) - 4);
    const bar = room >= 8 ? `[${'#'.repeat(Math.round(part * room)).padEnd(room, '.')}] ` : '';
    stream.write(`${CLEAR_LINE}${bar}${text}`);
    visible = true;
    drawnAt = Date.now();
  }

  return {
    draw,
    clear() {
      if (visible) stream.write(CLEAR_LINE);
      visible = false;
    },
    update(state) {
      ({ done, failed } = state);
      if (Date.now() - drawnAt >= REDRAW_MS || done === total) draw();
    },
  };
}

function clock(seconds: number): string {
  const s = Math.round(seconds);
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}
