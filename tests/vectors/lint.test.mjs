// Checks the cases themselves: their format, unique names, and paths that exist in the input. Runs no validator.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CODES, cases, E, errorsOf, FIELD_VALIDATORS, files, inputOf, warningsOf } from './cases.mjs';

const SUBJECTS = [
  'agency-name',
  'body',
  'bucket-lifecycle',
  'check-obs-buckets',
  'compress-type',
  'data-bucket',
  'data-event',
  'file-prefix-name',
  'flags',
  'golden',
  'ids',
  'kms-id',
  'limits',
  'management-event-selector',
  'ndjson',
  'obs-info-bucket-name',
  'one-field',
  'order',
  'reading',
  'requires-field',
  'tracker-name',
  'tracker-type',
  'unknown-keys',
];

const ONLY_ERROR = [
  'invalid_json',
  'not_object',
  'required',
  'invalid_type',
  'invalid_enum',
  'too_short',
  'too_long',
  'invalid_character',
  'invalid_start',
  'reserved_name',
  'must_equal',
  'must_differ',
  'forbidden',
];
const ONLY_WARNING = ['unknown_key', 'not_applicable', 'requires_field', 'duplicate_item', 'unused', 'unusual_format'];

const VALIDATORS = [
  'createTracker',
  'checkObsBuckets',
  ...FIELD_VALIDATORS,
  'ndjson:createTracker',
  'ndjson:checkBucket',
];
const MEMBERS = [
  'file',
  'name',
  'why',
  'validator',
  'options',
  'input',
  'json',
  'js',
  'text',
  'bytes',
  'value',
  'issues',
  'warnings',
  'report',
  'issuesCount',
  'firstIssue',
  'lastIssue',
  'warningsCount',
  'firstWarning',
  'lastWarning',
];

const OBS_INFO = [
  'bucket_name',
  'file_prefix_name',
  'is_obs_created',
  'bucket_lifecycle',
  'compress_type',
  'is_sort_by_service',
];
const ITEM = ['bucket_name', 'bucket_location', 'kms_id', E];
const TABLES = {
  createTracker: {
    '': [
      'tracker_type',
      'tracker_name',
      'is_lts_enabled',
      'is_organization_tracker',
      'management_event_selector',
      'obs_info',
      E,
      'kms_id',
      'is_support_validate',
      'data_bucket',
      'agency_name',
    ],
    management_event_selector: ['exclude_service'],
    obs_info: OBS_INFO,
    data_bucket: ['data_bucket_name', 'data_event'],
  },
  checkObsBuckets: { '': ['buckets'], 'buckets.*': ITEM },
};

test('each subject has a file, and there are enough cases', () => {
  assert.deepEqual(
    files,
    SUBJECTS.map((s) => `${s}.json`),
  );
  assert.ok(cases.length >= 450, `${cases.length} cases`);
  const js = cases.filter((c) => 'js' in c).length;
  assert.ok(js >= 80, `${js} cases in JavaScript`);
});

test('names are unique and kebab-case', () => {
  const seen = new Map();
  for (const c of cases) {
    assert.match(c.name, /^[a-z0-9]+([.-][a-z0-9]+)*$/, `${c.file}: ${c.name}`);
    assert.ok(!seen.has(c.name), `${c.name} is in ${seen.get(c.name)} and in ${c.file}`);
    seen.set(c.name, c.file);
  }
});

test('each case has the format of the README', () => {
  for (const c of cases) {
    const at = `${c.file}: ${c.name}`;
    for (const key of Object.keys(c)) assert.ok(MEMBERS.includes(key), `${at}: ${key}`);
    assert.ok(VALIDATORS.includes(c.validator), `${at}: ${c.validator}`);
    const sources = ['input', 'json', 'js', 'text', 'bytes'].filter((key) => key in c);
    assert.equal(sources.length, 1, `${at}: one source, not ${sources}`);
    if (c.validator.startsWith('ndjson:')) {
      assert.ok('report' in c && ('text' in c || 'bytes' in c), at);
      const { lines, valid, invalid, warned, bad } = c.report;
      assert.equal(lines, valid + invalid, `${at}: lines`);
      assert.equal(invalid, bad.length, `${at}: bad`);
      assert.ok(warned <= lines, `${at}: warned`);
      for (const b of bad) assert.deepEqual(Object.keys(b), ['line', 'issues', 'warnings'], at);
      for (const b of bad) assert.ok(b.issues.length > 0, `${at}: a bad line has an issue`);
      continue;
    }
    assert.ok(!('text' in c || 'bytes' in c || 'report' in c), at);
    assert.ok('issues' in c !== 'issuesCount' in c, `${at}: issues or issuesCount`);
    assert.ok('warnings' in c !== 'warningsCount' in c, `${at}: warnings or warningsCount`);
    const valid = c.issues?.length === 0;
    if (!valid) assert.ok(!('value' in c), `${at}: no value with issues`);
    if (valid && 'js' in c) assert.ok('value' in c, `${at}: a valid js case has a value`);
    if ('json' in c) JSON.parse(c.json);
    if ('js' in c) new Function(`return (${c.js}\n)`);
    // Parsers outside JavaScript reject lone surrogates, so only the text of json or js contains them.
    assert.ok(!JSON.stringify(c).match(/(?<!\\)\\ud[89a-f]/), `${at}: lone surrogate`);
    const { encrypted, forCreation, trackerType, ...rest } = c.options ?? {};
    assert.deepEqual(rest, {}, at);
    if (encrypted !== undefined) assert.equal(c.validator, 'kmsId', at);
    if (forCreation !== undefined) assert.equal(c.validator, 'bucketName', at);
    if (trackerType !== undefined) assert.equal(c.validator, 'trackerName', at);
  }
});

test('if the value is absent, the input is in table order', () => {
  for (const c of cases) {
    if (!('input' in c) || 'value' in c || c.issues?.length !== 0) continue;
    const at = `${c.file}: ${c.name}`;
    const tables = TABLES[c.validator];
    if (!tables) {
      assert.notEqual(c.input, null, at);
      continue;
    }
    const walk = (value, path) => {
      if (value === null || typeof value !== 'object' || '$repeat' in value || '$list' in value)
        return assert.notEqual(value, null, at);
      if (Array.isArray(value)) return value.forEach((item) => walk(item, `${path}.*`));
      const table = tables[path] ?? [];
      assert.deepEqual(
        Object.keys(value),
        table.filter((key) => Object.hasOwn(value, key)),
        `${at}: ${path}`,
      );
      for (const key of Object.keys(value)) walk(value[key], path ? `${path}.${key}` : key);
    };
    walk(c.input, '');
    if (c.validator === 'createTracker' && c.input.tracker_type === 'system') assert.ok('tracker_name' in c.input, at);
  }
});

test('each issue has the members that its code requires', () => {
  for (const c of cases) {
    for (const [list, isError] of [
      [errorsOf(c), true],
      [warningsOf(c), false],
    ]) {
      for (const issue of list) {
        const at = `${c.file}: ${c.name}: ${issue.code}`;
        assert.ok(Object.hasOwn(CODES, issue.code), at);
        assert.ok(!(isError ? ONLY_WARNING : ONLY_ERROR).includes(issue.code), `${at}: severity`);
        for (const key of Object.keys(issue))
          assert.ok(['code', 'path', 'params', 'serverCode'].includes(key), `${at}: ${key}`);
        assert.ok(
          issue.path.every((s) => typeof s === 'string' || Number.isInteger(s)),
          `${at}: path`,
        );
        const names = CODES[issue.code];
        for (const name of names) if (!name.endsWith('?')) assert.ok(name in issue.params, `${at}: ${name}`);
        for (const name of Object.keys(issue.params))
          assert.ok(names.includes(name) || names.includes(`${name}?`), `${at}: ${name}`);
        if ('serverCode' in issue) {
          assert.ok(isError, `${at}: only errors carry serverCode`);
          assert.notEqual(issue.code, 'invalid_type', at);
          assert.match(issue.serverCode, /^CTS\.0\d{3}$/, at);
          if (FIELD_VALIDATORS.includes(c.validator))
            assert.notEqual(issue.code, 'required', `${at}: required of a single field`);
        }
      }
    }
  }
});

test('every segment of a path but the last exists in the input', () => {
  for (const c of cases) {
    if (c.report || 'js' in c) continue;
    for (const issue of [...errorsOf(c), ...warningsOf(c)]) {
      let at = inputOf(c);
      for (const segment of issue.path.slice(0, -1)) {
        assert.ok(
          at !== null && typeof at === 'object' && (Object.hasOwn(at, segment) || Object.hasOwn(at, '$list')),
          `${c.name}: ${JSON.stringify(issue.path)}`,
        );
        at = '$list' in at ? at.$list[0] : at[segment];
        assert.notEqual(at, null, `${c.name}: ${JSON.stringify(issue.path)}`);
      }
    }
  }
});
