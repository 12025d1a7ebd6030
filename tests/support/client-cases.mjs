// Cases of the client over the platform's fetch. They run in every runtime, against the harness (harness.mjs), where
// the proxy and the emulator act as the service.
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
    throw new Error('the call did not fail');
  }
  const summary = ({ kind, sent, attempts }) => [kind, sent, attempts];
  const seen = async (state) => {
    const { requestCount, trackers } = await state();
    return [requestCount, trackers.length];
  };

  return [
    [
      'creates a tracker and checks buckets',
      async () => {
        const { client, state } = connect();
        const { tracker_name: name, status } = await client.createTracker(TRACKER);
        equal([name, status], ['system', 'enabled']);
        const { buckets } = await client.checkObsBuckets(BUCKETS);
        equal(
          buckets.map((bucket) => bucket.check_bucket_response.success),
          [true, false],
          'returns the result of a failed bucket',
        );
        equal(await seen(state), [2, 1]);
      },
    ],

    [
      'does not send an invalid request',
      async () => {
        const { client, state } = connect();
        equal(summary(await failure(client.createTracker({ tracker_type: 'data' }))), ['validation', 'no', 0]);
        equal(summary(await failure(client.checkObsBuckets({ buckets: [{}] }))), ['validation', 'no', 0]);
        equal(await seen(state), [0, 0]);
      },
    ],

    [
      'reports a second tracker as a conflict',
      async () => {
        const { client, state } = connect();
        await client.createTracker(TRACKER);
        const { error, ...rest } = await failure(client.createTracker(TRACKER));
        equal(
          [summary(rest), error.errorCode, error.mayAlreadyExist ?? false],
          [['conflict', 'yes', 1], 'CTS.0201', false],
        );
        equal(await seen(state), [2, 1]);
      },
    ],

    [
      'retries throttled requests of both operations',
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
        equal(summary(await failure(client.createTracker(TRACKER))), ['unavailable', 'yes', 1]);
        equal(summary(await failure(client.checkObsBuckets(BUCKETS))), ['unavailable', 'yes', 1]);
        equal(await seen(state), [2, 0]);
      },
    ],

    [
      'retries a check whose response is lost, but not a creation',
      async () => {
        for (const fault of ['reset; when=after', '502; when=after', '500; when=after', '504; when=after']) {
          const { client, state } = connect([fault]);
          equal(summary(await failure(client.createTracker(TRACKER))).slice(0, 1), ['outcome_unknown'], fault);
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
      'does not retry refusals, and reports each as its kind',
      async () => {
        for (const [status, kind] of [
          [400, 'rejected'],
          [401, 'auth'],
          [403, 'forbidden'],
          [404, 'not_found'],
        ]) {
          const { client, state } = connect([`${status}`]);
          equal(summary(await failure(client.createTracker(TRACKER))), [kind, 'yes', 1], status);
          equal(await seen(state), [1, 0], status);
        }
      },
    ],

    [
      'retries unsent requests at most twice',
      async () => {
        const { client, state } = connect([], { refusing: 2 });
        equal((await client.createTracker(TRACKER)).tracker_name, 'system');
        equal(await seen(state), [1, 1]);
        const lasting = connect([], { refusing: 3 });
        equal(summary(await failure(lasting.client.createTracker(TRACKER))), ['proxy', 'no', 3]);
        equal(await seen(lasting.state), [0, 0]);
      },
    ],

    ...(nothing
      ? [
          [
            'reports that nothing was sent if it cannot connect',
            async () => {
              const once = { retry: { maxRetries: 0 } };
              const client = createCtsClient({ baseUrl: nothing, projectId: PROJECT, domainId: DOMAIN, ...once });
              equal(summary(await failure(client.createTracker(TRACKER))), ['network', 'no', 1]);
              equal(summary(await failure(client.checkObsBuckets(BUCKETS))), ['network', 'no', 1]);
            },
          ],
        ]
      : []),

    [
      'rejects at once when the caller aborts, for any reason',
      async () => {
        for (const create of [true, false]) {
          for (const reason of [[], [new Error('no more')], ['text'], [null], [{ kind: 'x' }], [Symbol('s')]]) {
            const { client, state } = connect(['latency; ms=30000']);
            const controller = new AbortController();
            const call = create
              ? client.createTracker(TRACKER, { signal: controller.signal })
              : client.checkObsBuckets(BUCKETS, { signal: controller.signal });
            call.catch(() => {});
            // Waits until the request has reached the emulator.
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
          equal(summary(await failure(call)), ['aborted', 'no', 0]);
          equal(await seen(state), [0, 0]);
        }
      },
    ],

    [
      'applies the timeout together with a signal',
      async () => {
        const { client, state } = connect([{ kind: 'hang', times: 9 }], { timeoutMs: 150 });
        const { signal } = new AbortController();
        equal((await failure(client.createTracker(TRACKER, { signal }))).kind, 'outcome_unknown');
        equal((await failure(client.checkObsBuckets(BUCKETS, { signal }))).kind, 'timeout');
        equal((await seen(state))[1], 0);
      },
    ],

    [
      'reports an invalid response as a bad_response with the received text',
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
