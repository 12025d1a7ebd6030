// Columns, the progress bar, and writing to a slow reader.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { internal } from '../support/internal.mjs';

const { createColumns } = await internal('cli/columns.ts');
const { Output } = await internal('cli/output.ts');
const { Progress } = await internal('cli/progress.ts');
const { Terminal } = await internal('cli/terminal.ts');

test('columns stay aligned, also with wide characters', () => {
  const align = createColumns([4, 3]);
  assert.deepEqual(
    align([
      ['a', '错误', 'x'],
      ['longer', 'b', 'y'],
    ]),
    ['a       错误  x', 'longer  b     y'],
  );
  assert.deepEqual(align([['a', 'b', 'z']]), ['a       b     z']);
});

test('the progress bar is drawn only on a terminal, and is removed at the end', () => {
  const draw = (stream) => {
    const written = [];
    const bar = new Progress(new Terminal({ ...stream, write: (text) => written.push(text) }), 'Checking', 10);
    for (let done = 1; done <= 10; done += 1) bar.update({ done, failed: done > 5 ? 1 : 0 });
    bar.clear();
    return written;
  };
  assert.deepEqual(draw({}), []);
  const written = draw({ isTTY: true, columns: 60 });
  assert.ok(written.length >= 2);
  for (const text of written) assert.ok(text.replace(/\r\u001b\[2K/g, '').length < 60, text);
  assert.match(written.at(-2), /\[#+\] Checking 10\/10 {2}✗ 1/);
  assert.equal(written.at(-1), '\r\u001b[2K');
});

test('waits for a slow reader, without a new listener for each wait', async () => {
  let drains = 0;
  const stdout = Object.assign(new EventEmitter(), {
    write() {
      setImmediate(() => {
        drains += 1;
        stdout.emit('drain');
      });
      return false;
    },
  });
  const count = () => stdout.eventNames().reduce((sum, name) => sum + stdout.listenerCount(name), 0);
  const output = new Output(stdout, new EventEmitter(), false, () => {});
  const before = count();
  for (let i = 1; i <= 20; i += 1) {
    await output.lines(['line']);
    assert.deepEqual([drains, count()], [i, before]);
  }
});

test('does not wait for a reader that has gone', async () => {
  let closed = 0;
  const stdout = Object.assign(new EventEmitter(), { write: () => false });
  const output = new Output(stdout, new EventEmitter(), false, () => (closed += 1));
  const written = output.lines(['line']);
  stdout.emit('error', Object.assign(new Error(), { code: 'EPIPE' }));
  await written;
  await output.lines(['line']);
  assert.equal(closed, 1);
});
