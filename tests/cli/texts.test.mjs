// What of the command can be tested without a process: its texts, columns and bar.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { internal } from '../support/internal.mjs';

const { isOneText, sniff } = await internal('cli/input.ts');
const { columns, createProgress } = await internal('cli/output.ts');
const { default: en } = await internal('cli/texts.en.ts');
const { default: zhCN } = await internal('cli/texts.zh-CN.ts');

const sources = new URL('../../pkg-template/src/cli/', import.meta.url);
const code = readdirSync(sources)
  .filter((name) => !name.startsWith('texts.'))
  .map((name) => readFileSync(new URL(name, sources), 'utf8'))
  .join('\n');

test('both languages have the same texts with the same gaps', () => {
  assert.deepEqual(Object.keys(zhCN).sort(), Object.keys(en).sort());
  const gaps = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const key of Object.keys(en)) assert.deepEqual([key, gaps(zhCN[key])], [key, gaps(en[key])]);
});

test('both helps tell of the same options', () => {
  const options = (text) => [...text.matchAll(/--[a-z][a-z-]+/g)].map(([name]) => name).sort();
  for (const key of Object.keys(en).filter((name) => name.startsWith('help')))
    assert.deepEqual(options(zhCN[key]), options(en[key]), key);
});

test('every text that is asked for is there, and every text is asked for', () => {
  const literal = [...code.matchAll(/'([a-z]+(?:\.[a-zA-Z0-9]+)+)'/g)]
    .map(([, key]) => key)
    .filter(
      (key) =>
        /^(usage|file|yaml|credentials|validate|check|create|journal|listen|proxy|emulator|doctor)\./.test(key) &&
        key !== 'yaml.syntax',
    );
  for (const key of literal) assert.ok(key in en, key);
  const made =
    /^(help(\..*)?|comma|check\.(passed|failed|unreachable)|create\.(created|skipped|exists|failed|unknown)|doctor\.(ok|warn|fail|skip)|error|warning|whole|stopped|internal)$/;
  for (const key of Object.keys(en)) assert.ok(literal.includes(key) || made.test(key), `${key} is asked for nowhere`);
});

test('the Chinese has no space beside a number or an abbreviation, and its own punctuation', () => {
  const han = '[\\u4e00-\\u9fff]';
  const number =
    '(?:\\d|\\{(?:lines|valid|invalid|warned|passed|failed|unreachable|unchecked|created|skipped|exists|unknown|left|max|least|most|seconds|oldest|line|port|status|version)\\})';
  const close = `(?:${number}|\\b(?:NDJSON|JSON|YAML|UTF-8|URL|ID|CTS|OBS|KMS|NTP|WebAssembly)\\b)`;
  const wrong = new RegExp(
    `${han} ${close}|${close} ${han}|${han}[,;:!?()]|[,;!?()] ?${han}|:${han}|[，；：。！？（）、] [^ ]`,
  );
  for (const [key, text] of Object.entries(zhCN)) {
    // What is set off by more than one space is a column.
    for (const part of text.split(/\n| {2,}/)) assert.doesNotMatch(part, wrong, key);
  }
});

test('columns stay aligned, also with characters that take two', () => {
  const align = columns([4, 3]);
  assert.deepEqual(
    align([
      ['a', '错误', 'x'],
      ['longer', 'b', 'y'],
    ]),
    ['a       错误  x', 'longer  b     y'],
  );
  assert.deepEqual(align([['a', 'b', 'z']]), ['a       b     z']);
});

test('the bar is drawn on a terminal alone, and leaves nothing behind', () => {
  const draw = (stream) => {
    const written = [];
    const bar = createProgress({ ...stream, write: (text) => written.push(text) }, 'Checking', 10);
    for (let done = 1; done <= 10; done += 1) bar.update({ done, failed: done > 5 ? 1 : 0 });
    bar.end();
    return written;
  };
  assert.deepEqual(draw({}), []);
  const written = draw({ isTTY: true, columns: 60 });
  assert.ok(written.length >= 2);
  for (const text of written) assert.ok(text.replace(/\r\u001b\[2K/g, '').length < 60, text);
  assert.match(written.at(-2), /\[#+\] Checking 10\/10 {2}✗ 1/);
  assert.equal(written.at(-1), '\r\u001b[2K');
});

test('a format is told by the beginning', () => {
  for (const [text, format] of [
    ['{"a":1}\n{"a":2}', 'ndjson'],
    ['{\n"a":1}', 'json'],
    ['{"a":\n{"b":1}', 'ndjson'],
    ['[\n1]', 'json'],
    ['a: 1', 'yaml'],
    ['- a', 'yaml'],
    ['', 'ndjson'],
    ['\ufeff{"a":1}', 'ndjson'],
  ])
    assert.deepEqual([text, sniff(text)], [text, format]);
});

test('lines that are one JSON text are told by their beginning', () => {
  for (const [text, is] of [
    ['[{}]', true],
    ['[{}]\r\n', true],
    ['\ufeff[\n  {\n', true],
    ['[{"a":1},\n{"a":2}]', true],
    ['{\n  "a": 1\n}', true],
    ['{ "a": 1,\n  "b": 2 }', true],
    ['[{}]\n[{}]', false],
    ['{}\n{}', false],
    ['{"a":1}', false],
    ['{"a":', false],
    ['{"a":\n', false],
    ['{"a":\n{"a":1}', false],
    ['', false],
    ['- a', false],
  ])
    assert.deepEqual([text, isOneText(text)], [text, is]);
});
