// What the client does over the platform's own fetch, in whatever runtime this file is loaded: one case for each line
// of its conduct. It calls the harness (harness.mjs), where the proxy and the emulator act as the service.
import { addressOf } from './harness.mjs';

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const DOMAIN = '24edf66e79d04187acb99a463e610764';
const TRACKER = { tracker_type: 'system' };
const BUCKETS = {
  buckets: [
    { bucket_name: 'bucket1', bucket_location: 'cn-north-1' },
    { bucket_name: 'bucket2', bucket_location: 'cn-north-1' },
  ],
};

function equal(actual, expected, message = '') {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${message}: ${a} is not ${e}`);
}

/**
 * @param {{ createCtsClient: Function, isCtsError: Function }} cts
 * @param {string} root of the harness
 * @param {string} [nothing] an address where nothing listens
 * @returns {[string, () => Promise<void>][]}
 */
export function clientCases({ createCtsClient, isCtsError }, root, nothing) {
  let count = 0;
  function connect(faults = [], { refusing = 0, ...options } = {}) {
    const baseUrl = addressOf(root, faults, `${(count += 1)}-${refusing}`);
    const client = createCtsClient({ baseUrl, projectId: PROJECT, domainId: DOMAIN, ...options });
    return { client, state: async () => (await fetch(`${baseUrl}state`)).json() };
  }

  async function failure(promise) {
    try {
      await promise;
    } catch (error) {
      if (!isCtsError(error)) throw error;
      const { kind, sent, attempts } = error;
      return { kind, sent, attempts, error };
    }
    throw new Error('it did not fail');
  }
  const told = ({ kind, sent, attempts }) => [kind, sent, attempts];
  const seen = async (state) => {
    const { requestCount, trackers } = await state();
    return [requestCount, trackers.length];
  };

  return [
    [
      'a tracker is created, buckets are checked',
      async () => {
        const { client, state } = connect();
        const { tracker_name: name, status } = await client.createTracker(TRACKER);
        equal([name, status], ['system', 'enabled']);
        const { buckets } = await client.checkObsBuckets(BUCKETS);
        equal(
          buckets.map((bucket) => bucket.check_bucket_response.success),
          [true, false],
          'a failed bucket is data',
        );
        equal(await seen(state), [2, 1]);
      },
    ],

    [
      'a wrong request is not sent',
      async () => {
        const { client, state } = connect();
        equal(told(await failure(client.createTracker({ tracker_type: 'data' }))), ['validation', 'no', 0]);
        equal(told(await failure(client.checkObsBuckets({ buckets: [{}] }))), ['validation', 'no', 0]);
        equal(await seen(state), [0, 0]);
      },
    ],

    [
      'a second one is a conflict',
      async () => {
        const { client, state } = connect();
        await client.createTracker(TRACKER);
        const { error, ...rest } = await failure(client.createTracker(TRACKER));
        equal(
          [told(rest), error.errorCode, error.mayAlreadyExist ?? false],
          [['conflict', 'yes', 1], 'CTS.0201', false],
        );
        equal(await seen(state), [2, 1]);
      },
    ],

    [
      'throttling is waited out, by both',
      async () => {
        const { client, state } = connect([{ kind: 429, retryAfter: 1 }]);
        equal((await client.createTracker(TRACKER)).tracker_name, 'system');
        equal(await seen(state), [2, 1]);
        const check = connect(['429; retry-after=0']);
        equal((await check.client.checkObsBuckets(BUCKETS)).buckets.length, 2);
        equal(await seen(check.state), [2, 0]);
      },
    ],

    [
      '503 is the end, for both',
      async () => {
        const { client, state } = connect([{ kind: 503, times: 9 }]);
        equal(told(await failure(client.createTracker(TRACKER))), ['unavailable', 'yes', 1]);
        equal(told(await failure(client.checkObsBuckets(BUCKETS))), ['unavailable', 'yes', 1]);
        equal(await seen(state), [2, 0]);
      },
    ],

    [
      'a creation whose answer is lost is not sent again; a check is',
      async () => {
        for (const fault of ['reset; when=after', '502; when=after', '500; when=after', '504; when=after']) {
          const { client, state } = connect([fault]);
          equal(told(await failure(client.createTracker(TRACKER))).slice(0, 1), ['outcome_unknown'], fault);
          equal(await seen(state), [1, 1], fault);
          const { error } = await failure(client.createTracker(TRACKER));
          equal([error.kind, error.mayAlreadyExist], ['conflict', true], fault);
        }
        for (const fault of ['reset', '502', '500', '504']) {
          const { client, state } = connect([fault]);
          equal((await client.checkObsBuckets(BUCKETS)).buckets.length, 2, fault);
          equal(await seen(state), [2, 0], fault);
        }
      },
    ],

    [
      'refusals are errors of their own kind, and final',
      async () => {
        for (const [status, kind] of [
          [400, 'rejected'],
          [401, 'auth'],
          [403, 'forbidden'],
          [404, 'not_found'],
        ]) {
          const { client, state } = connect([`${status}`]);
          equal(told(await failure(client.createTracker(TRACKER))), [kind, 'yes', 1], status);
          equal(await seen(state), [1, 0], status);
        }
      },
    ],

    [
      'what surely was not sent is sent again, twice at most',
      async () => {
        const { client, state } = connect([], { refusing: 2 });
        equal((await client.createTracker(TRACKER)).tracker_name, 'system');
        equal(await seen(state), [1, 1]);
        const lasting = connect([], { refusing: 3 });
        equal(told(await failure(lasting.client.createTracker(TRACKER))), ['proxy', 'no', 3]);
        equal(await seen(lasting.state), [0, 0]);
      },
    ],

    ...(nothing
      ? [
          [
            'no connection at all: nothing was sent, as the platform tells it',
            async () => {
              const once = { retry: { maxRetries: 0 } };
              const client = createCtsClient({ baseUrl: nothing, projectId: PROJECT, domainId: DOMAIN, ...once });
              equal(told(await failure(client.createTracker(TRACKER))), ['network', 'no', 1]);
              equal(told(await failure(client.checkObsBuckets(BUCKETS))), ['network', 'no', 1]);
            },
          ],
        ]
      : []),

    [
      'a caller who aborts is told so at once, whatever the reason',
      async () => {
        for (const create of [true, false]) {
          for (const reason of [[], [new Error('no more')], ['text'], [null], [{ kind: 'x' }], [Symbol('s')]]) {
            const { client, state } = connect(['latency; ms=30000']);
            const controller = new AbortController();
            const call = create
              ? client.createTracker(TRACKER, { signal: controller.signal })
              : client.checkObsBuckets(BUCKETS, { signal: controller.signal });
            call.catch(() => {});
            // Under way: the emulator has seen it.
            while ((await state()).requestCount === 0)
              await new Promise((done) => {
                setTimeout(done, 5);
              });
            controller.abort(...reason);
            equal((await failure(call)).kind, 'aborted', String(reason[0]));
          }
          const { client, state } = connect();
          const call = create
            ? client.createTracker(TRACKER, { signal: AbortSignal.abort() })
            : client.checkObsBuckets(BUCKETS, { signal: AbortSignal.abort() });
          equal(told(await failure(call)), ['aborted', 'no', 0]);
          equal(await seen(state), [0, 0]);
        }
      },
    ],

    [
      'a timeout holds, beside a signal',
      async () => {
        const { client, state } = connect([{ kind: 'hang', times: 9 }], { timeoutMs: 150 });
        const { signal } = new AbortController();
        equal((await failure(client.createTracker(TRACKER, { signal }))).kind, 'outcome_unknown');
        equal((await failure(client.checkObsBuckets(BUCKETS, { signal }))).kind, 'timeout');
        equal((await seen(state))[1], 0);
      },
    ],

    [
      'an answer that is none is a bad_response with what was received, cut',
      async () => {
        const bodies = {
          html: '<!doctype html><title>Sign in</title>',
          empty: '',
          torn: '{"id":"a',
          wrong: '{"id":5}',
        };
        for (const [name, body] of Object.entries(bodies)) {
          const { client } = connect([{ kind: 200, body, headers: { 'content-type': 'text/html' } }]);
          const { error } = await failure(client.createTracker(TRACKER));
          equal([error.kind, error.sent, error.attempts], ['bad_response', 'yes', 1], name);
          equal(error.received ?? '', body, name);
        }
      },
    ],
  ];
}
