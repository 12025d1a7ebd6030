// Why the service could not be reached, in the answer of the proxy and in its log: real certificates, names and ports.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listen, unusedAddress } from '../support/sockets.mjs';
import { certificate, secureEmulator, send } from './support.mjs';

const YEAR_MS = 365 * 86_400_000;
const certificates = {};
const services = {};

before(async () => {
  certificates.right = await certificate({ name: 'localhost' });
  certificates.other = await certificate({ name: 'other.test' });
  certificates.expired = await certificate({
    name: 'localhost',
    notBeforeDate: new Date(Date.now() - 2 * YEAR_MS),
    notAfterDate: new Date(Date.now() - YEAR_MS),
  });
  for (const [name, made] of Object.entries(certificates)) services[name] = await secureEmulator(made, 'localhost');
});
after(async () => {
  for (const service of Object.values(services)) await service.close();
  for (const made of Object.values(certificates)) await made.remove();
});

const at = (name) => `https://localhost:${services[name].port}`;
const trusting = (name) => ({ NODE_EXTRA_CA_CERTS: certificates[name].file });

for (const kind of ['pool', 'platform']) {
  /** Sends a creation that must fail without anything sent, and returns why. */
  async function reasonOf(endpoint, env) {
    const { status, body, events } = await send(endpoint, env, kind);
    assert.deepEqual([status, body.code, body.sent], [502, 'upstream_unreachable', 'no'], JSON.stringify(body));
    const [event] = events.filter(({ type }) => type === 'request');
    assert.equal(event.detail, body.detail, 'the log has the same');
    return body.detail;
  }

  describe(kind === 'pool' ? 'nodeFetch' : "the platform's fetch", () => {
    test('a certificate that the machine trusts', async () => {
      services.right.emulator.reset();
      assert.equal((await send(at('right'), trusting('right'), kind)).status, 201);
    });

    test('a certificate of an unknown authority', async () => {
      assert.match(await reasonOf(at('right')), /no authority that this machine trusts has signed the certificate/);
    });

    test('a certificate for another name', async () => {
      assert.match(
        await reasonOf(at('other'), trusting('other')),
        /the certificate is for other names: DNS:other\.test/,
      );
    });

    test('a certificate that has expired', async () => {
      assert.match(await reasonOf(at('expired'), trusting('expired')), /the certificate has expired/);
    });

    test('a port that nothing listens at', async () => {
      const { port } = new URL(await unusedAddress());
      assert.equal(
        await reasonOf(`https://127.0.0.1:${port}`),
        `nothing listens at the address 127.0.0.1:${port} (ECONNREFUSED)`,
      );
      assert.match(await reasonOf(`https://localhost:${port}`), /^nothing listens at the address/);
    });

    test('a port that does not speak TLS', async () => {
      const plain = await listen((_request, response) => response.end());
      try {
        const { body } = await send(`https://127.0.0.1:${plain.port}`, {}, kind);
        assert.match(body.detail, /TLS handshake/);
      } finally {
        await plain.close();
      }
    });

    test('a name that DNS does not know', async () => {
      assert.match(
        await reasonOf('https://no-such-host.invalid'),
        /^DNS has no address for the name no-such-host\.invalid/,
      );
    });
  });
}
