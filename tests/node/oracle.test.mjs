// Compares the validators with a second implementation of the rule table (tests/vectors/oracle.mjs) on random requests:
// half of them JSON, half with values of JavaScript only. An issue of a rule that it does not read is not compared.
// CTS_CASES=1000000 runs longer, CTS_SEED=… repeats a run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect, isDeepStrictEqual } from 'node:util';
import * as cts from 'cts-tracker';
import { internal } from '../support/internal.mjs';
import { FIELD_VALIDATORS } from '../vectors/cases.mjs';
import * as oracle from '../vectors/oracle.mjs';
import { oddHostile } from './support/hostile-values.mjs';
import { randomFrom, seedOf } from './support/random.mjs';
import { oddJson, requestsFrom } from './support/requests.mjs';

const CASES = Number(process.env.CTS_CASES ?? 50_000);
const { rules } = await internal('generated/metadata.ts');
const IDS = [...new Set(rules.map(([, rule]) => rule))];
const UNREAD = IDS.filter((rule) => !oracle.RULES.includes(rule));
const capital = (name) => name[0].toUpperCase() + name.slice(1);

/** Makes the same input at each call, since some values can be read only once. */
function inputOf(seed, hostile) {
  const random = randomFrom(seed);
  const odd = hostile ? () => (random.chance(0.5) ? oddHostile(random) : oddJson(random)) : oddJson;
  const requests = requestsFrom(random, odd);
  const roll = random.below(10);
  if (roll < 5) return { name: 'createTracker', input: requests.createTracker() };
  if (roll < 8) return { name: 'checkObsBuckets', input: requests.checkObsBuckets() };
  const name = random.one(FIELD_VALIDATORS);
  const options = {
    forCreation: random.chance(0.5),
    trackerType: random.one(['system', 'data', undefined]),
    encrypted: random.one([true, false, undefined]),
  };
  return { name, options, input: requests.oneField(name) };
}

const bare = ({ code, path, params, serverCode }) =>
  serverCode === undefined ? { code, path: [...path], params } : { code, path: [...path], params, serverCode };

const isRead = ({ rule }) => !UNREAD.includes(rule);

function resultOf(result) {
  const issues = (result.issues ?? []).filter(isRead).map(bare);
  const warnings = result.warnings.filter(isRead).map(bare);
  return 'value' in result ? { value: result.value, issues, warnings } : { issues, warnings };
}

/** Asserts equality, with the key order of `value`. A value that only an unread rule refuses is not compared. */
function same(result, ours, theirs) {
  const { value, ...expected } = theirs;
  if (result.issues && !result.issues.some(isRead)) return isDeepStrictEqual(ours, expected);
  return isDeepStrictEqual(ours, theirs) && JSON.stringify(ours.value) === JSON.stringify(value);
}

/** The report without the lines that only an unread rule refuses. How many lines have its warnings is unknown. */
function reportOf(report) {
  const bad = report.bad.filter(({ issues }) => issues.some(isRead));
  const accepted = report.bad.length - bad.length;
  const { lines, valid, invalid, warned } = report;
  return {
    lines,
    valid: valid + accepted,
    invalid: invalid - accepted,
    ...(UNREAD.length === 0 ? { warned } : {}),
    bad: bad.map(({ line, ...result }) => ({ line, ...resultOf(result) })),
  };
}

function expected({ name, options, input }) {
  if (name === 'createTracker') return oracle.createTracker(() => input);
  if (name === 'checkObsBuckets') return oracle.checkObsBuckets(() => input);
  return oracle.oneField(name, () => input, options);
}

const show = (value) => inspect(value, { depth: 6, maxStringLength: 200, maxArrayLength: 20 }).slice(0, 2000);

test('the oracle reads the rules of the catalogue', (t) => {
  t.diagnostic(`rules without a second reading: ${UNREAD.join(', ') || 'none'}`);
  assert.deepEqual(
    oracle.RULES.filter((rule) => !IDS.includes(rule)),
    [],
  );
});

for (const hostile of [false, true]) {
  test(`validators and oracle agree on ${hostile ? 'JavaScript' : 'JSON'}`, (t) => {
    const seed = seedOf(t);
    const counts = { valid: 0, invalid: 0 };
    for (let i = 0; i < CASES / 2; i++) {
      const { name, options, input } = inputOf(seed + i, hostile);
      const result = cts[`validate${capital(name)}`](input, options);
      const ours = resultOf(result);
      const theirs = expected(inputOf(seed + i, hostile));
      counts[theirs.issues.length > 0 ? 'invalid' : 'valid'] += 1;
      if (!same(result, ours, theirs)) {
        assert.fail(
          `CTS_SEED=${seed + i}: ${name} ${show(options)} of ${show(inputOf(seed + i, hostile).input)}\n` +
            `got ${show(ours)}\nexpected ${show(theirs)}`,
        );
      }
    }
    t.diagnostic(`${counts.valid} valid, ${counts.invalid} invalid`);
    assert.ok(Math.min(counts.valid, counts.invalid) > CASES / 10, 'too few valid or invalid inputs');
  });
}

const BROKEN = [
  '',
  ' ',
  '\t\r',
  '\ufeff',
  'null',
  '1',
  '"x"',
  '[]',
  '{}',
  '{"a":1}x',
  '{,}',
  '[1,]',
  '{"a":}',
  '01',
  '-',
  '1.',
  '1e',
  '.5',
  '+1',
  'nul',
  'truE',
  '"\\u12"',
  '"\\x"',
  '"\\ud800"',
  '"\\ud83d\\udc1f"',
  '"\\udc00"',
  '{"a":1,"a":2}',
  '[[[]]]',
];
const FIRST = [
  '"tracker_type":"data",',
  '"x":{"y":[1,{}]},',
  '"bucket_name":"A",',
  '"obs_info":{"bucket_name":"abc"},',
  '"10":1,"2":2,',
  '"tracker\\u005ftype":"system",',
];
const BYTES = [
  0, 9, 10, 13, 32, 34, 44, 45, 46, 48, 58, 91, 92, 93, 101, 117, 123, 125, 0x80, 0x9f, 0xa0, 0xbb, 0xbf, 0xc0, 0xc3,
  0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xff,
];

function lineOf(random, request) {
  const { below, chance, one } = random;
  let text = chance(0.1) ? one(BROKEN) : JSON.stringify(request);
  if (chance(0.2)) text = text.replace('{', `{${one(FIRST)}`);
  const escaped = (letter) => (chance(0.1) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter);
  if (chance(0.1)) text = text.replace(/[a-z]/g, escaped);
  if (chance(0.1)) text = text.replace(/[:,{}[\]]/g, (mark) => mark + one(['', ' ', '\t', '\r']));
  const bytes = [...new TextEncoder().encode(text)];
  for (let changes = chance(0.4) ? below(4) : 0; changes > 0; changes--) {
    bytes.splice(below(bytes.length + 1), below(2), ...(chance(0.7) ? [one(BYTES)] : []));
  }
  return bytes;
}

test('the NDJSON validator and the oracle agree, in one piece and in chunks', (t) => {
  const seed = seedOf(t);
  const count = { lines: 0, valid: 0, broken: 0 };
  for (let i = 0; i < CASES / 10; i++) {
    const random = randomFrom(seed + i);
    const { below, chance, one } = random;
    const requests = requestsFrom(random);
    const kind = one(['createTracker', 'checkBucket']);
    const all = chance(0.1) ? [0xef, 0xbb, 0xbf] : [];
    for (let lines = below(8); lines >= 0; lines--) {
      all.push(...lineOf(random, requests[kind]()), ...(lines > 0 || chance(0.5) ? one([[10], [10], [13, 10]]) : []));
    }
    const bytes = Uint8Array.from(all);
    const { warned, ...rest } = oracle.ndjson(kind, bytes);
    const theirs = UNREAD.length === 0 ? { warned, ...rest } : rest;
    const whole = cts.validateNdjson(kind, bytes);
    const validator = cts.createNdjsonValidator(kind);
    for (let at = 0, to; at < bytes.length; at = to) validator.push(bytes.subarray(at, (to = at + 1 + below(60))));
    for (const report of [whole, validator.end()]) {
      const ours = reportOf(report);
      if (!isDeepStrictEqual(ours, theirs)) {
        assert.fail(
          `CTS_SEED=${seed + i}: ${kind} of ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}\n` +
            `got ${show(ours)}\nexpected ${show(theirs)}`,
        );
      }
    }
    count.lines += theirs.lines;
    count.valid += theirs.valid;
    for (const { issues } of theirs.bad) if (issues[0].code === 'invalid_json') count.broken += 1;
  }
  t.diagnostic(`${count.lines} lines, ${count.valid} valid, ${count.broken} broken`);
});
