// What goes to the terminal, a pipe or a machine.
import { once } from 'node:events';

// Control characters, line breaks and what turns the direction of text: a file's content must not steer a terminal.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** One line, safe to show. */
export const clean = (text) =>
  String(text).replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
/** How many columns of a terminal a text takes: East Asian characters take two. */
const width = (text) => [...text].reduce((sum, c) => sum + (WIDE.test(c) ? 2 : 1), 0);

/** Columns that only grow, so that rows written one after the other stay aligned. */
export function columns(least) {
  const widths = [...least];
  return (rows) => {
    const cells = rows.map((row) => row.map(clean));
    for (const row of cells) {
      widths.forEach((least, i) => {
        if (i < row.length - 1) widths[i] = Math.max(least, width(row[i]));
      });
    }
    return cells.map((row) =>
      row
        .map((cell, i) => (i < row.length - 1 ? cell + ' '.repeat(widths[i] - width(cell)) : cell))
        .join('  ')
        .trimEnd(),
    );
  };
}

/**
 * @param {{ stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, json: boolean, onClosed(): void }} options
 * `json` of what is given back decides which of `lines` and `objects` writes.
 */
export function createOutput({ stdout, stderr, json, onClosed }) {
  let closed = false;
  let progress;
  const broken = (error) => {
    // Whoever read us has enough, as `head` does.
    if (!closed && error.code !== 'EPIPE') progress?.end();
    closed = true;
    onClosed();
  };
  stdout.on('error', broken);
  // Without its reader there is nobody to tell.
  stderr.on('error', () => {});

  async function write(text) {
    if (closed || text === '') return;
    progress?.clear();
    // A slow reader slows us down, rather than filling the memory.
    if (!stdout.write(text))
      await Promise.race([once(stdout, 'drain').catch(() => {}), once(stdout, 'close').catch(() => {})]);
    progress?.draw();
  }

  const output = {
    json,
    /** Results, in text. */
    lines: (lines) => (output.json || lines.length === 0 ? undefined : write(`${lines.join('\n')}\n`)),
    /** Results, for machines: one object a line. */
    objects: (objects) =>
      output.json && objects.length > 0 ? write(`${objects.map((o) => JSON.stringify(o)).join('\n')}\n`) : undefined,
    /** What a person should know and a pipe should not carry. */
    note(text) {
      progress?.clear();
      stderr.write(`${text}\n`);
      progress?.draw();
    },
    progress(label, total) {
      progress = createProgress(stderr, label, total);
      return {
        update: progress.update,
        end() {
          progress.end();
          progress = undefined;
        },
      };
    },
  };
  return output;
}

/** A bar that redraws itself in place; nothing at all where there is no terminal. */
export function createProgress(stream, label, total) {
  const on = stream.isTTY === true;
  const began = Date.now();
  let state = { done: 0, total, failed: 0 };
  let drawn = 0;
  let shown = false;

  function draw() {
    if (!on) return;
    const all = state.total ?? total;
    const part = all > 0 ? Math.min(1, state.done / all) : 0;
    const seconds = (Date.now() - began) / 1000;
    const left = state.done > 0 && part < 1 ? `  ${clock((seconds / state.done) * (all - state.done))}` : '';
    const text = `${label} ${state.done}/${all}${state.failed > 0 ? `  ✗ ${state.failed}` : ''}${left}`;
    const room = Math.min(40, (stream.columns || 80) - width(text) - 4);
    const bar = room >= 8 ? `[${'#'.repeat(Math.round(part * room)).padEnd(room, '.')}] ` : '';
    stream.write(`\r\u001b[2K${bar}${text}`);
    shown = true;
    drawn = Date.now();
  }
  function clear() {
    if (shown) stream.write('\r\u001b[2K');
    shown = false;
  }
  return {
    draw,
    clear,
    end: clear,
    update(next) {
      state = { ...state, ...next };
      if (Date.now() - drawn >= 100 || state.done === state.total) draw();
    },
  };
}

function clock(seconds) {
  const s = Math.round(seconds);
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}
