// The host's own test: client, proxy and emulator run in this process, without a socket.
import { createCtsClient } from 'cts-tracker';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { expect, test } from 'vitest';
import { auditWrites } from './audit.js';

function setUp(faults: string[] = []) {
  const emulator = createEmulator({ buckets: [{ name: 'invoices', location: 'cn-north-1' }], faults });
  const proxy = createSigningProxy({
    endpoint: 'https://cts.test',
    credentials: sampleCredentials,
    allowedHosts: ['proxy.test'],
    fetch: emulator.fetch,
  });
  const client = createCtsClient({
    baseUrl: 'https://proxy.test/',
    projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01',
    fetch: (url, init) => proxy.fetch(new Request(url, init)),
  });
  return { client, emulator };
}

test('creates a tracker of the writes', async () => {
  const { client, emulator } = setUp();
  const id = await auditWrites(client, 'invoices');
  expect(emulator.state().trackers).toMatchObject([{ id, tracker_name: 'writes-to-invoices' }]);
});

test('reports a bucket that does not exist', async () => {
  expect(await auditWrites(setUp().client, 'missing')).toBe('CTS.0211');
});

test('reports an outcome that is unknown', async () => {
  expect(await auditWrites(setUp(['500']).client, 'invoices')).toBe('perhaps created');
});
