import { widthOf } from './columns.js';
import type { Terminal } from './terminal.js';

const REDRAW_MS = 100;

/** A progress bar that redraws itself in place. It draws nothing if the output is not a terminal. */
export class Progress {
  #done = 0;
  #failed = 0;
  #drawnAt = 0;
  readonly #startedAt = Date.now();

  constructor(
    readonly terminal: Terminal,
    readonly label: string,
    readonly total: number,
  ) {}

  update({ done, failed }: { readonly done: number; readonly failed: number }): void {
    this.#done = done;
    this.#failed = failed;
    if (Date.now() - this.#drawnAt >= REDRAW_MS || done === this.total) this.draw();
  }

  draw(): void {
    const { terminal, label, total } = this;
    if (!terminal.stream.isTTY) return;
    this.#drawnAt = Date.now();
    const part = total > 0 ? Math.min(1, this.#done / total) : 0;
    const msLeft = ((this.#drawnAt - this.#startedAt) / part) * (1 - part);
    const left = part > 0 && part < 1 ? `  ${clock(msLeft)}` : '';
    const text = `${label} ${this.#done}/${total}${this.#failed > 0 ? `  ✗ ${this.#failed}` : ''}${left}`;
    const room = Math.min(40, (terminal.stream.columns || 80) - widthOf(text) - 4);
    const bar = room >= 8 ? `[${'#'.repeat(Math.round(part * room)).padEnd(room, '.')}] ` : '';
    terminal.redrawLine(`${bar}${text}`);
  }

  clear(): void {
    if (this.#drawnAt > 0) this.terminal.redrawLine();
  }
}

function clock(ms: number) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
