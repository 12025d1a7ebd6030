// What "Import" reads from a text, without the page.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { launchChromium } from '../support/chromium.mjs';
import { importConsole } from './import-console.mjs';
import { notes, only, readImport, refusal } from './import-reading.mjs';
import { anyBody, awkwardBody } from './random-bodies.mjs';

const { parseJson } = await importConsole('import/json.ts');
const { splitPosix } = await importConsole('import/posix-shell.ts');
const { takesValue, longNameOf } = await importConsole('import/curl-options.ts');
const { tools } = await importConsole('code/tools.ts');

const codeOf = (id, draft) =>
  tools
    .find((tool) => tool.id === id)
    .generate({ draft, projectId: 'a'.repeat(32), region: 'cn-north-1', proxyUrl: 'http://127.0.0.1:8787/api/' }).code;

/** The resource of a management tracker has no name. */
const awkwardData = awkwardBody.filter(({ tracker_type: type }) => type === 'data');

describe('a request comes back as it was', () => {
  test('from the tab Request', () => {
    fc.assert(
      fc.property(fc.oneof(anyBody, awkwardBody), (body) => {
        const { request, notes: lost } = only(codeOf('request', body));
        assert.deepEqual(request, body);
        assert.deepEqual(lost, []);
      }),
    );
  });

  test('from the tab curl', () => {
    fc.assert(
      fc.property(fc.oneof(anyBody, awkwardBody), (body) => {
        const { request, notes: lost, projectId } = only(codeOf('curl', body));
        assert.deepEqual(request, body);
        assert.deepEqual([lost, projectId], [[], 'a'.repeat(32)]);
      }),
    );
  });

  test('from the tab Terraform, apart from what the tab says is lost', () => {
    fc.assert(
      fc.property(fc.oneof(anyBody, awkwardData), (body) => {
        const expected = structuredClone(body);
        expected.agency_name = 'cts_admin_trust';
        if (expected.obs_info) expected.obs_info.is_obs_created = false;
        delete expected.is_support_trace_files_encryption;
        if (body.is_support_trace_files_encryption && body.kms_id) expected.is_support_trace_files_encryption = true;
        else delete expected.kms_id;
        if (!expected.obs_info) delete expected.is_support_validate;
        const { request, notes: lost, region } = only(codeOf('terraform', body));
        assert.deepEqual(request, expected);
        assert.deepEqual([lost, region], [[], 'cn-north-1']);
      }),
    );
  });
});

describe('JSON', () => {
  const accepts = (text) => {
    try {
      return { value: JSON.parse(text) };
    } catch {
      return undefined;
    }
  };

  test('is read as JSON.parse reads it', () => {
    const changed = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '\\', '{', ']', '0', '-', ' ', '\n', '.', 'e', 'u', '\u00a0'),
      )
      .map(([json, at, inserted]) => {
        const index = at % (json.length + 1);
        return json.slice(0, index) + inserted + json.slice(index + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), changed, fc.string()), (text) => {
        const expected = accepts(text);
        if (expected) assert.deepEqual(parseJson(text).value, expected.value);
        else assert.throws(() => parseJson(text), { name: 'Error', reason: /^json\./ }, text);
      }),
      { numRuns: 1000 },
    );
  });

  test('an error has its line and column', () => {
    assert.deepEqual(refusal('{\n  "tracker_name": "a",\n  "桶😀": tru\n}'), ['json.value', 3, 9, '']);
    assert.deepEqual(refusal('{"a": 1,}'), ['json.trailingComma', 1, 9, '']);
    assert.deepEqual(refusal('{"a" 1}'), ['json.colon', 1, 6, '']);
    assert.deepEqual(refusal('{"a": 1 "b": 2}'), ['json.comma', 1, 9, '']);
    assert.deepEqual(refusal("{'a': 1}"), ['json.key', 1, 2, '']);
    assert.deepEqual(refusal('{"a": "x'), ['json.string', 1, 7, '']);
    assert.deepEqual(refusal('{"a": "x\ny"}'), ['json.string', 1, 9, '']);
    assert.deepEqual(refusal('{"a": "\\x"}'), ['json.escape', 1, 8, '']);
    assert.deepEqual(refusal('{"a": 01}'), ['json.number', 1, 7, '']);
    assert.deepEqual(refusal('{} {}'), ['json.end', 1, 4, '']);
    assert.equal(refusal('['.repeat(100_000))[0], 'json.deep');
  });

  test('a field that occurs twice is named', () => {
    assert.deepEqual(notes('{"tracker_name":"a","obs_info":{"bucket_name":"b","bucket_name":"c"}}'), [
      'repeated obs_info.bucket_name',
    ]);
  });

  test('the answer of a lookup gives a request for each tracker', () => {
    const tracker = {
      id: '1',
      create_time: 1587958482923,
      tracker_type: 'data',
      tracker_name: 'a',
      status: 'enabled',
      detail: '',
      project_id: 'p',
      lts: { is_lts_enabled: true, log_group_name: 'CTS' },
      obs_info: { bucket_name: 'b', is_obs_created: true, bucket_lifecycle: 0 },
      data_bucket: { data_bucket_name: 'c', data_event: ['READ'], search_enabled: true },
    };
    const expected = {
      tracker_type: 'data',
      tracker_name: 'a',
      is_lts_enabled: true,
      obs_info: { bucket_name: 'b', is_obs_created: false },
      data_bucket: { data_bucket_name: 'c', data_event: ['READ'] },
    };
    const [first, second] = readImport(JSON.stringify({ trackers: [tracker, { ...tracker, tracker_name: 'z' }] }));
    assert.deepEqual([first.name, second.name, first.projectId], ['a', 'z', 'p']);
    assert.deepEqual(first.request, expected);
    assert.deepEqual(only(JSON.stringify(tracker)).request, expected);
    assert.deepEqual(
      first.notes.map(({ reason, name }) => `${reason} ${name}`),
      [
        'answer id',
        'answer create_time',
        'answer status',
        'answer project_id',
        'answer lts.log_group_name',
        'answer data_bucket.search_enabled',
      ],
    );
    assert.equal(readImport(JSON.stringify([expected, expected])).length, 2);
    assert.equal(refusal('{"trackers":[]}')[0], 'noTracker');
    assert.equal(refusal('[1]')[0], 'notRequest');
    assert.deepEqual(only('{"id":1,"lts":"x","obs_info":[1],"data_bucket":null}').request, {});
  });
});

describe('curl', () => {
  test('words are those of bash', () => {
    const quoted = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => `'${text.replaceAll(/['\0]/g, '')}'`),
      fc.string({ unit: 'grapheme' }).map((text) => `"${text.replaceAll(/["\\$`!\0]/g, '\\$&').replaceAll('\0', '')}"`),
      fc.string({ unit: 'grapheme' }).map((text) => `$'${text.replaceAll(/[\\']/g, '\\$&').replaceAll('\0', '')}'`),
      fc.constantFrom(
        '\\ ',
        '\\\\',
        "\\'",
        '\\\n',
        'a',
        '-d',
        '=',
        '{x}',
        '%41',
        '$"q"',
        'a#b',
        '"a\\\nb"',
        '"\\x"',
        '"a\\\\b\\$c\\`d"',
      ),
      fc.constantFrom(
        "$'\\n\\t\\x41\\101\\u4e2d\\U0001f600\\e\\cA\\q\\\"\\?'",
        "$'\\xe4\\xb8\\xad'",
        "$'\\344\\270\\255'",
      ),
    );
    const line = fc.array(fc.tuple(quoted, fc.constantFrom('', ' ', '\t', ' \\\n ')), { minLength: 1, maxLength: 6 });
    const samples = fc.sample(
      line.map((parts) => parts.flat().join('')),
      300,
    );
    const script = samples.map((words) => `f ${words}\n`).join('');
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', `f() { [ $# = 0 ] || printf '%s\\0' "$@"; printf '\\1\\0'; }\n${script}`],
      {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      },
    );
    assert.equal(stderr, '');
    const expected = stdout.split('\x01\0').slice(0, -1);
    samples.forEach((words, index) => {
      const got = splitPosix(words).words.map(({ characters }) => characters.text);
      assert.equal(got.map((word) => `${word}\0`).join(''), expected[index] || '', JSON.stringify(words));
    });
  });

  test('the options with a value are those that curl lists', () => {
    const { stdout } = spawnSync('curl', ['--help', 'all'], { encoding: 'utf8' });
    const lines = [...stdout.matchAll(/^ *(?:-(.), )?--(\S+) +([<[])?/gm)];
    assert.ok(lines.length > 200);
    for (const [, letter, name, value] of lines) {
      assert.equal(takesValue(name), value !== undefined, name);
      if (letter !== undefined) assert.equal(longNameOf(letter), value ? name : undefined, letter);
    }
  });

  test('a command that Chromium copies, for bash and for cmd', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto('devtools://devtools/bundled/inspector.html');
      /** The commands for bash or cmd that send each body. */
      const copy = (shell, bodies) =>
        page.evaluate(
          async ([name, texts]) => {
            const { NetworkLogView } = await import(new URL('panels/network/network.js', location.href).href);
            const requestOf = (text) => ({
              url: () => 'https://cts.cn-north-4.myhuaweicloud.com/v3/0123/tracker',
              requestMethod: 'POST',
              requestContentType: () => 'application/json',
              requestHeaders: () => [
                { name: 'Content-Type', value: 'application/json' },
                { name: 'X-Auth-Token', value: 'secret' },
                { name: 'sec-ch-ua', value: '"Chromium";v="156"' },
              ],
              requestFormData: async () => text,
              securityState: () => 'secure',
            });
            return Promise.all(
              texts.map((text) => NetworkLogView.NetworkLogView.generateCurlCommand(requestOf(text), name)),
            );
          },
          [shell, bodies.map((body) => JSON.stringify(body, null, 2))],
        );
      const check = (command, body) => {
        const { request, notes: lost, projectId, region } = only(command);
        assert.deepEqual(request, body, command);
        assert.deepEqual(lost, [{ reason: 'command', name: 'x-auth-token', detail: '' }]);
        assert.deepEqual([projectId, region], ['0123', 'cn-north-4']);
      };
      const bodies = fc.sample(fc.oneof(anyBody, awkwardBody), 100);
      (await copy('unix', bodies)).forEach((command, index) => check(command, bodies[index]));
      // Chromium itself replaces other characters by spaces for cmd.
      const ascii = fc
        .tuple(anyBody, fc.string({ unit: 'grapheme-ascii' }))
        .map(([body, name]) => ({ ...body, tracker_name: `${name}%PATH%"^&\\` }));
      const plain = fc.sample(ascii, 100);
      (await copy('win', plain)).forEach((command, index) => {
        assert.match(command, /\^"/);
        check(command, plain[index]);
        check(command.replaceAll('\n', '\r\n'), plain[index]);
      });
    } finally {
      await browser.close();
    }
  });

  test('several values, short options, a comment before, and a pipe after', () => {
    const text = `# create\n$ curl -sSXPOST --json '{"tracker_name":' http://x --json '"a"}' | jq .id`;
    assert.deepEqual(only(text).request, { tracker_name: 'a' });
    assert.deepEqual(notes(text), ['command | jq .id']);
    assert.deepEqual(only(`curl -d'{"tracker_name":"a"}' http://x`).request, { tracker_name: 'a' });
    // Firefox writes a character below U+0100 as one byte.
    assert.deepEqual(only(`curl --data-raw $'{"kms_id":"\\xe9\\u4e2d"}'`).request, { kms_id: 'é中' });
    // curl joins them with "&".
    assert.deepEqual(refusal(`curl -d '{}' -d '{}'`), ['json.end', 1, 18, '']);
    assert.deepEqual(only(`curl --data-raw '{"kms_id":"@a"}'`).request, { kms_id: '@a' });
  });

  test('what is not in the text is refused by its name', () => {
    assert.deepEqual(refusal('curl -d @body.json http://x'), ['fileBody', 1, 6, '@body.json']);
    assert.deepEqual(refusal('curl --data-binary "@a b" http://x'), ['fileBody', 1, 6, '@a b']);
    assert.deepEqual(refusal('curl --json @- http://x'), ['fileBody', 1, 6, '@-']);
    assert.deepEqual(refusal('curl -F a=b http://x'), ['formBody', 1, 6, '-F']);
    assert.deepEqual(refusal('curl http://x'), ['noBody', 1, 5, '']);
    assert.deepEqual(refusal('curl \\\n  -d "$BODY"'), ['expansion', 2, 7, '$BODY']);
    assert.deepEqual(refusal('curl -d $(cat x)'), ['expansion', 1, 9, '$(cat']);
    assert.deepEqual(refusal('curl -d `cat x`'), ['expansion', 1, 9, '`cat x`']);
    assert.deepEqual(refusal("curl -d '{}"), ['quote', 1, 9, '']);
    assert.deepEqual(refusal("curl -d $'{}"), ['quote', 1, 9, '']);
    assert.deepEqual(refusal('curl -d "{}'), ['quote', 1, 9, '']);
    assert.deepEqual(refusal('curl http://x -d'), ['optionValue', 1, 15, '-d']);
  });

  test('an error in the body has its place in the command', () => {
    assert.deepEqual(refusal(`curl http://x \\\n  -d '{\n  "a": tru}'`), ['json.value', 3, 8, '']);
    assert.deepEqual(refusal(`curl -d $'{"a\\u0041": tru}' http://x`), ['json.value', 1, 23, '']);
    assert.deepEqual(refusal(`curl ^"http://x^" ^\n  --data-raw ^"^{^\\^"a^\\^": tru^}^"`), ['json.value', 2, 29, '']);
    assert.deepEqual(refusal(`curl -d '{"a":'  http://x`), ['json.value', 1, 15, '']);
  });

  test('a header is named without its value', () => {
    const text = `curl http://x -b 'k=secret' -H 'Authorization: secret' -u me:secret -d '{}'`;
    assert.deepEqual(notes(text), ['command -b', 'command authorization', 'command -u']);
    assert.doesNotMatch(JSON.stringify(readImport(text)), /secret/);
    assert.deepEqual(notes(`curl -X PUT http://x -d '{}'`), ['method PUT']);
  });
});

test('any text is read, or refused with a reason and a place', () => {
  const beginnings = fc.constantFrom(
    '',
    '{',
    '[{"id":',
    'curl ',
    "curl -d $'",
    'curl ^"',
    'resource "huaweicloud_cts_tracker" "a" {\n a=',
  );
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '\\',
        '^',
        '$',
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        '=',
        ',',
        ':',
        '\n',
        ' ',
        '%{',
        '${',
        '/*',
        '*/',
        '#',
        '<<A',
        '-d',
        '@',
        '|',
        '\\x',
        '\\u',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(beginnings, pieces, (beginning, parts) => {
      const text = beginning + parts.join('');
      try {
        for (const { request } of readImport(text)) assert.equal(typeof request, 'object');
      } catch (error) {
        assert.equal(typeof error.reason, 'string', error.stack);
        assert.ok(error.at >= 0 && error.at <= text.length, `${error.reason} at ${error.at}`);
      }
    }),
    { numRuns: 2000 },
  );
  assert.equal(refusal('')[0], 'empty');
  assert.equal(refusal('hello')[0], 'unknownFormat');
  assert.equal(refusal(`{${' '.repeat(2 ** 20)}}`)[0], 'tooLarge');
});
