// The texts of the command line in both languages.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { internal } from '../support/internal.mjs';

const { en } = await internal('cli/texts.en.ts');
const { zhCN } = await internal('cli/texts.zh-CN.ts');

const sources = new URL('../../pkg-template/src/cli/', import.meta.url);
const code = readdirSync(sources)
  .filter((name) => !name.startsWith('texts.'))
  .map((name) => readFileSync(new URL(name, sources), 'utf8'))
  .join('\n');

// That Chinese has a text for every key, and that every key in use exists, is checked by the compiler.
test('both languages have the same placeholders', () => {
  const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const key of Object.keys(en)) assert.deepEqual([key, placeholders(zhCN[key])], [key, placeholders(en[key])]);
});

test('the help in both languages describes the same options', () => {
  const options = (text) => [...text.matchAll(/--[a-z][a-z-]+/g)].map(([name]) => name).sort();
  for (const key of Object.keys(en).filter((name) => name.startsWith('help'))) {
    assert.deepEqual(options(zhCN[key]), options(en[key]), key);
  }
});

test('the help of a command describes all its options', async () => {
  for (const name of ['validate', 'check', 'create', 'list', 'proxy', 'emulator', 'doctor']) {
    const { [name]: command } = await internal(`cli/${name}.ts`);
    for (const option of Object.keys(command.options)) {
      assert.match(en[`help.${name}`], new RegExp(`^  (-\\w, )?--${option}\\b`, 'm'));
    }
  }
});

test('every text is used', () => {
  const computed =
    /^(help\..*|check\.(passed|failed|unreachable)|file\.as\.(ndjson|json|yaml)|create\.(created|skipped|exists|failed|unknown|existed_before|differs|not_seen)|create\.found\.\w+|list\.(name|type|status|created|transfer|tracks|id)|doctor\.(ok|warn|fail|skip)|error|warning)$/;
  for (const key of Object.keys(en)) assert.ok(code.includes(`'${key}'`) || computed.test(key), `${key} is not used`);
});

test('Chinese has no space beside a number or an abbreviation, and uses Chinese punctuation', () => {
  const han = '[\\u4e00-\\u9fff]';
  const number =
    '(?:\\d|\\{(?:lines|valid|invalid|warned|passed|failed|unreachable|unchecked|created|skipped|exists|unknown|existed_before|differs|not_seen|count|left|max|min|seconds|oldest|line|port|status|version|hidden|misspelt|minutes)\\})';
  const close = `(?:${number}|\\b(?:NDJSON|JSON|YAML|UTF-8|URL|ID|CTS|OBS|KMS|NTP|WebAssembly)\\b)`;
  const wrong = new RegExp(
    `${han} ${close}|${close} ${han}|${han}[,;:!?()]|[,;!?()] ?${han}|:${han}|[，；：。！？（）、] [^ ]`,
  );
  for (const [key, text] of Object.entries(zhCN)) {
    // Two or more spaces separate columns.
    for (const part of text.split(/\n| {2,}/)) assert.doesNotMatch(part, wrong, key);
  }
});
