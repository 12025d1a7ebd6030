// A service behind TLS, and programs that send a request to it in an environment of their own.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createEmulator } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { generate } from 'selfsigned';

/** No DNS server knows it. */
export const NAME = 'cts.test';

/** A certificate of its own authority, and a file with it for `NODE_EXTRA_CA_CERTS`. */
export async function certificate({ name = NAME, ...options } = {}) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
    ...options,
  });
  const folder = await mkdtemp(join(tmpdir(), 'cts-tracker-certificate-'));
  const file = join(folder, 'ca.pem');
  await writeFile(file, cert);
  return { key, cert, file, remove: () => rm(folder, { recursive: true }) };
}

/** An emulator behind TLS on loopback. */
export async function secureEmulator({ key, cert }, host = '127.0.0.1') {
  const emulator = createEmulator();
  const server = createServer({ key, cert }, toNodeHandler(emulator));
  server.listen(0, host);
  await once(server, 'listening');
  return {
    emulator,
    port: server.address().port,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

/** Runs send.mjs, and returns what the signing proxy answered. The environment has no other variables. */
export async function send(endpoint, env = {}, kind = 'pool') {
  const { PATH, HOME } = process.env;
  const program = fileURLToPath(new URL('send.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, endpoint, kind], {
    env: { PATH, HOME, ...env },
  });
  return JSON.parse(stdout);
}
