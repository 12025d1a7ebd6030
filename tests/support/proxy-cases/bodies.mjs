// Cases of the signing proxy: bodies: what is refused and what is sent.
import { random } from './bad-paths.mjs';
import { BUCKETS, CHECK, CREATE, equal, ok, post, read, SYSTEM, tick, UPSTREAM } from './support.mjs';

export const bodiesCases = ({ harness, answering }) => [
  [
    'encodes, signs and forwards both requests',
    async () => {
      const { ask, calls, emulator } = harness();
      const created = await ask(
        CREATE,
        ` {"kms_id":null,"evil":1,"tracker_name":"system", "tracker_type" : "system"}\n`,
      );
      equal([created.status, created.json.tracker_name], [201, 'system']);
      ok(created.headers['x-request-id'], 'the request id is passed on');
      const checked = await ask(CHECK, BUCKETS);
      equal([checked.status, checked.json.buckets[0].check_bucket_response.success], [200, true]);
      equal(
        calls.map(({ url }) => url),
        [UPSTREAM + CREATE, UPSTREAM + CHECK],
      );
      equal(calls[0].body, SYSTEM);
      equal([calls[0].init.method, calls[0].init.redirect], ['POST', 'manual']);
      equal(emulator.state().trackers.length, 1);
    },
  ],

  [
    'does not send invalid requests',
    async () => {
      const { ask, calls } = harness();
      const refused = await ask(CREATE, '{"tracker_type":"data"}');
      equal([refused.status, refused.code, refused.sent], [422, 'invalid_request', 'no']);
      equal(
        refused.json.issues.map(({ code, path }) => `${path.join('.')} ${code}`),
        ['tracker_name required', 'data_bucket required'],
      );
      equal(refused.headers['content-type'], 'application/problem+json');
      for (const body of ['', '{', '{}{}', '{}\0', '\ufeff{}'])
        equal((await ask(CREATE, body)).code, 'invalid_json', body);
      equal((await ask(CREATE, undefined)).code, 'invalid_json');
      equal((await ask(CREATE, new Uint8Array([0xff, 0xfe, 0x7b, 0]))).code, 'invalid_json');
      equal((await ask(CREATE, '[]')).code, 'invalid_request');
      equal(calls.length, 0);
    },
  ],

  [
    'forwards no header of the caller',
    async () => {
      const { ask, calls } = harness();
      const mine = {
        authorization: 'SDK-HMAC-SHA256 Access=evil, SignedHeaders=x, Signature=00',
        'x-sdk-date': '20000101T000000Z',
        'x-security-token': 'evil',
        'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD',
        'x-project-id': 'evil',
        'x-auth-token': 'evil',
        cookie: 'a=evil',
        'user-agent': 'evil',
        'x-evil': 'evil',
        'accept-language': 'evil',
      };
      equal((await ask(CHECK, BUCKETS, { headers: mine })).status, 200);
      equal(calls[0].init.headers.map(([name]) => name).sort(), [
        'accept',
        'authorization',
        'content-type',
        'user-agent',
        'x-sdk-date',
      ]);
      ok(!JSON.stringify(calls[0].init.headers).includes('evil'));
      const next = random(11);
      const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-_.!~';
      for (let i = 0; i < 300; i++) {
        const name = `x-${Array.from({ length: 1 + next(20) }, () => letters[next(letters.length)]).join('')}`;
        const prefix = ['', 'x-sdk-', 'x-apig-', 'x-auth-', 'proxy-'][next(5)];
        const { status } = await ask(CHECK, BUCKETS, { headers: { [prefix + name]: `evil${next(1000)}` } });
        equal(status, 200, prefix + name);
      }
      for (const {
        init: { headers },
      } of calls) {
        equal(headers.map(([name]) => name).sort(), [
          'accept',
          'authorization',
          'content-type',
          'user-agent',
          'x-sdk-date',
        ]);
        ok(!JSON.stringify(headers).includes('evil'));
      }
    },
  ],

  [
    'encodes again what two programs could read differently',
    async () => {
      const { ask, calls } = harness({}, answering(201));
      // The last of two equal keys is used, and only that one is sent.
      for (const [body, sent] of [
        ['{"tracker_type":"data","tracker_type":"system"}', SYSTEM],
        ['{"tracker_type":"data","trac\\u006ber_type":"system"}', SYSTEM],
        ['{"tracker_type":"system","x":{"a":1,"a":2},"__proto__":{"tracker_type":"data"},"constructor":1}', SYSTEM],
        [
          '{"tracker_type":"system","is_lts_enabled":true,"is_lts_enabled":false}',
          '{"tracker_type":"system","tracker_name":"system","is_lts_enabled":false}',
        ],
        [` \t\r\n${SYSTEM}\n \t\r\n`, SYSTEM],
      ]) {
        equal((await ask(CREATE, body)).status, 201, body);
        equal(calls.at(-1).body, sent, body);
      }
      const before = calls.length;
      const last = await ask(CREATE, '{"tracker_type":"system","tracker_type":"data"}');
      equal(last.code, 'invalid_request', 'the last one is validated');
      for (const after of [
        'x',
        ',',
        '}',
        ']',
        '{}',
        ' {}',
        '//',
        '/**/',
        '\0',
        '\u00a0',
        '\ufeff',
        '"',
        'null',
        '\n\n1',
        ';',
      ]) {
        equal((await ask(CREATE, SYSTEM + after)).code, 'invalid_json', JSON.stringify(after));
      }
      for (const body of [
        `\ufeff${SYSTEM}`,
        "{'tracker_type':'system'}",
        '{tracker_type:"system"}',
        '{"tracker_type":"system",}',
        '{"a":01}',
        '{"a":NaN}',
        '{"a":1.}',
        '{"a":"\t"}',
        '{"a":"\\x41"}',
        '{"a":"\\ud800',
        '['.repeat(20_000),
        '{"a":'.repeat(10_000),
      ]) {
        equal((await ask(CREATE, body)).code, 'invalid_json', body.slice(0, 40));
      }
      equal(calls.length, before);
    },
  ],

  [
    'refuses a body that is too long, with or without content-length',
    async () => {
      const { ask, calls } = harness({ maxBodyBytes: 1000 });
      const body = JSON.stringify({ buckets: [], x: 'x'.repeat(2000) });
      equal([(await ask(CHECK, body)).status, (await ask(CHECK, body)).code], [413, 'body_too_large']);
      let pulled = 0;
      let cancelled = false;
      const endless = new ReadableStream({
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(400).fill(0x20));
        },
        cancel() {
          cancelled = true;
        },
      });
      const streamed = await ask(CHECK, endless, { duplex: 'half' });
      equal([streamed.status, streamed.code, streamed.sent], [413, 'body_too_large', 'no']);
      await tick(5);
      ok(pulled < 10, `${pulled} pieces were read`);
      ok(cancelled, 'the rest is not read');
      equal(calls.length, 0);
    },
  ],

  [
    'refuses a body that is slow or breaks off',
    async () => {
      const { ask, calls } = harness({ bodyTimeoutMs: 60 });
      const dribble = new ReadableStream({
        async pull(controller) {
          await tick(25);
          controller.enqueue(new TextEncoder().encode(' '));
        },
      });
      equal((await ask(CHECK, dribble, { duplex: 'half' })).code, 'body_timeout');
      equal(
        (await ask(CHECK, new ReadableStream({ pull: () => new Promise(() => {}) }), { duplex: 'half' })).status,
        408,
      );
      const broken = new ReadableStream({
        pull(controller) {
          controller.error(new Error('gone'));
        },
      });
      equal((await ask(CHECK, broken, { duplex: 'half' })).code, 'body_unreadable');
      const used = post(CHECK, BUCKETS);
      await used.text();
      const { proxy } = harness();
      equal((await read(await proxy.fetch(used))).code, 'body_unreadable');
      equal(calls.length, 0);
    },
  ],
];
