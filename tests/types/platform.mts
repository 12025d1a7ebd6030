// With the types of a platform, the client accepts values of these types.
import { createCtsClient, pruneDraft } from 'cts-tracker';
import { init, initSync, validateCreateTracker } from 'cts-tracker/slim';

const client = createCtsClient({
  baseUrl: new URL('http://127.0.0.1:8787/api/'),
  fetch,
  headers: async () => new Headers({ a: 'b' }),
});
createCtsClient({ baseUrl: '/', headers: [['a', 'b']] });
createCtsClient({ baseUrl: '/', headers: () => ({ a: 'b' }) });
// @ts-expect-error not headers
createCtsClient({ baseUrl: '/', headers: 7 });
// @ts-expect-error not a fetch
createCtsClient({ baseUrl: '/', fetch: 'no' });
void client.createTracker({ tracker_type: 'system' }, { signal: new AbortController().signal });
// @ts-expect-error not a signal
void client.createTracker({ tracker_type: 'system' }, { signal: 7 });

async function slim(response: Response, bytes: Uint8Array): Promise<void> {
  await init(response);
  await init(new URL('http://127.0.0.1/'));
  await init('http://127.0.0.1/');
  await init(bytes);
  await init(bytes.buffer);
  initSync(bytes);
  // @ts-expect-error not synchronously from an address
  initSync('http://127.0.0.1/');
  validateCreateTracker({});
}

pruneDraft(new FormData()).getAll('kms_id');
pruneDraft(new URLSearchParams()).getAll('kms_id');
