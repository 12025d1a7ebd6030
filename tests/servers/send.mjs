// Sends one creation through a signing proxy that uses `nodeFetch` or, by the second argument, the platform's `fetch`.
// Prints the answer and the events.
import { sampleCredentials } from 'cts-tracker/emulator';
import { nodeFetch } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';

const [endpoint, kind] = process.argv.slice(2);
const events = [];
const proxy = createSigningProxy({
  endpoint,
  credentials: sampleCredentials,
  fetch: kind === 'platform' ? undefined : nodeFetch,
  onEvent: (event) => events.push(event),
});
const response = await proxy.fetch(
  new Request('http://localhost/v3/some-project/tracker', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
    body: '{"tracker_type":"system"}',
  }),
);
process.stdout.write(JSON.stringify({ status: response.status, body: await response.json(), events }));
