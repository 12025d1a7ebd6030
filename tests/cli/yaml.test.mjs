// YAML: each mistake has its place, and nothing is silently taken for something else.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cts, file, linesOf, objectsOf } from './support.mjs';

const validate = async (content, ...args) => {
  const path = file(content, 'a.yaml');
  const { code, stdout, stderr } = await cts(['validate', path, '--json', ...args]);
  assert.equal(stderr, '');
  const objects = objectsOf(stdout);
  return {
    code,
    path,
    issues: objects.filter(({ type }) => type === 'bad').flatMap(({ issues }) => issues),
    summary: objects.at(-1),
  };
};
const placesOf = (issues) => issues.map(({ code, line, column }) => [code, line, column]);
const SYSTEM = 'tracker_type: system\n';

describe('tags', () => {
  for (const [name, content, places] of [
    ['on a scalar', `${SYSTEM}kms_id: !Ref Key\n`, [[2, 9]]],
    ['on a scalar in quotes', `${SYSTEM}kms_id: !Sub '\${Key}'\n`, [[2, 9]]],
    ['on a map', `${SYSTEM}obs_info: !Sub {bucket_name: abc}\n`, [[2, 11]]],
    ['on a block', `${SYSTEM}kms_id: !vault |\n  $ANSIBLE_VAULT;1.1\n`, [[2, 9]]],
    ['on a list', `tracker_type: data\ndata_bucket:\n  data_event: !GetAtt [a, b]\n`, [[3, 15]]],
    [
      'on several',
      `a: !Ref x\nb: 1\nc: !Ref y\n`,
      [
        [1, 4],
        [3, 4],
      ],
    ],
    [
      'that the library knows',
      'a: !!binary aGVsbG8=\nb: !!set {x, y}\n',
      [
        [1, 13],
        [2, 10],
      ],
    ],
    ['on the document', '!Tracker\ntracker_type: system\n', [[1, 1]]],
  ]) {
    test(`${name} are errors with their place`, async () => {
      const { code, issues } = await validate(content);
      assert.deepEqual([code, placesOf(issues)], [1, places.map(([line, column]) => ['invalid_yaml', line, column])]);
      assert.match(issues[0].message, /the tag !/);
    });
  }

  test('of JSON types are not', async () => {
    const { code } = await validate('tracker_type: !!str system\nis_lts_enabled: !!bool true\nobs_info: !!map {}\n');
    assert.equal(code, 0);
  });

  test('are reported up to a limit', async () => {
    const { issues } = await validate(`${'- !a 1\n'.repeat(5000)}`);
    assert.equal(issues.length, 100);
  });
});

describe('one mistake is one error', () => {
  for (const [content, line, column] of [
    ['a: [\nb: ]\nc: 1\n', 2, 1],
    ['- a\nb: 1\n', 2, 1],
    ['a: 1\n b: 2\n', 1, 4],
    ['a:\n\tb: 1\n  c: 2\n', 2, 1],
    ["a: 'x' y\n", 1, 8],
    ['a: @x\n', 1, 4],
    ['x: *nothing\n', 1, 4],
    ['a: 1\nb: 2\na: 3\n', 3, 1],
    ['a: &x [1]\nb: *y\nc: *x\n', 2, 4],
  ]) {
    test(JSON.stringify(content), async () => {
      const { code, issues } = await validate(content);
      assert.deepEqual([code, placesOf(issues)], [1, [['invalid_yaml', line, column]]]);
    });
  }
});

describe('byte order marks', () => {
  for (const [name, content, line] of [
    ['of a later document', `${SYSTEM}---\n\ufeff${SYSTEM}`, 3],
    ['before a later ---', `${SYSTEM}\ufeff---\n${SYSTEM}`, 2],
    ['of a later line', `${SYSTEM}\ufeffis_lts_enabled: true\n`, 2],
  ]) {
    test(`${name} are named`, async () => {
      const { code, issues } = await validate(content);
      assert.deepEqual([code, placesOf(issues)], [1, [['invalid_yaml', line, 1]]]);
      assert.match(issues[0].message, /byte order mark \(U\+FEFF\)/);
    });
  }

  test('at the beginning do not matter', async () => {
    assert.equal((await validate(`\ufeff${SYSTEM}`)).code, 0);
  });

  test('of a later value of JSON are named, too', async () => {
    const path = file('{"tracker_type":"system"}\n\ufeff{"tracker_type":"system"}\n', 'joined.json');
    const { stdout } = await cts(['validate', path]);
    assert.match(stdout, /:2 +error .*invalid_json .*line 2, column 1\. .*byte order mark/);
  });

  test('of a later line of NDJSON are named, too', async () => {
    const path = file('{"tracker_type":"system"}\n\ufeff{"tracker_type":"system"}\n');
    const { stdout } = await cts(['validate', path]);
    assert.match(stdout, /:2 +error .*invalid_json .*byte order mark/);
  });
});

test('an empty document is no request', async () => {
  for (const content of ['---\n', '---\n---\n', '# nothing\n', '---\n# nothing\n...\n', '\ufeff']) {
    const path = file(content, 'empty.yaml');
    const { code, stdout, stderr } = await cts(['validate', path]);
    assert.deepEqual([content, code, stdout, linesOf(stderr)[0]], [content, 0, '', `${path} contains no requests.`]);
  }
  for (const content of [`---\n${SYSTEM}---\n`, `${SYSTEM}---\n---\n`]) {
    assert.deepEqual([(await validate(content)).summary.lines, (await validate(content)).code], [1, 0]);
  }
  // A value that is written is one.
  assert.equal((await validate('null\n')).code, 1);
});

describe('anchors', () => {
  test('may be used any number of times, as long as what they stand for has a limit', async () => {
    const base =
      '- &base\n  tracker_type: data\n  tracker_name: a0\n  data_bucket: {data_bucket_name: abc, data_event: [READ]}\n';
    for (const [use, count] of [
      [(i) => `- <<: *base\n  tracker_name: a${i}\n`, 2000],
      [(i) => `- {tracker_type: data, tracker_name: a${i}, data_bucket: *bucket}\n`, 2000],
    ]) {
      const first = base.replace('{data_bucket_name', '&bucket {data_bucket_name');
      const { code, summary } = await validate(first + Array.from({ length: count }, (_, i) => use(i + 1)).join(''));
      assert.deepEqual([code, summary.valid], [0, count + 1]);
    }
  });

  test('that multiply are refused at once, and so is one that contains itself without end', async () => {
    const level = (i) =>
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]\n`;
    const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 12 }, (_, i) => level(i + 1)).join('')}`;
    const merges = `a0: &a0 {k: 1}\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} {x: *a${i}, y: *a${i}}\n`).join('')}`;
    for (const content of [bomb, merges]) {
      const { code, issues } = await validate(content);
      assert.deepEqual([code, issues.length, issues[0].code], [1, 1, 'invalid_yaml']);
      assert.match(issues[0].message, /aliases stand for more than/);
    }
    for (const content of ['a: &a [*a]\n', 'a: &a\n  b: *a\n', 'a: &a {<<: *a, b: 1}\n']) {
      assert.equal((await validate(content)).code, 1);
    }
  });
});

test('issues come in the order of the file, errors and warnings together', async () => {
  const content = `data_bucket:
  data_event: [READ, OTHER]
  data_bucket_name: abc
kmsid: 1
tracker_name: a b
tracker_type: data
`;
  const path = file(content, 'order.yaml');
  const { stdout } = await cts(['validate', path]);
  assert.deepEqual(
    linesOf(stdout).map((row) => /:(\d+:\d+) +(\w+) +(\S+)/.exec(row).slice(1).join(' ')),
    ['2:22 error data_bucket.data_event[1]', '4:1 warning kmsid', '5:1 error tracker_name'],
  );
  const json = file('{"kmsid": 1,\n"tracker_name": "a b",\n"tracker_type": "system"}', 'order.json');
  assert.deepEqual(
    linesOf((await cts(['validate', json])).stdout).map((row) => /:(\d+) +(\w+)/.exec(row).slice(1).join(' ')),
    ['1 warning', '2 error'],
  );
});
