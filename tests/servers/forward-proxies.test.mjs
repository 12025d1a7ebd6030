// `nodeFetch` behind a forward proxy that the environment names.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Server } from 'proxy-chain';
import { certificate, NAME, secureEmulator, send } from './support.mjs';

const USER = 'user';
const PASSWORD = 'p@ss:word';

let authority;
let service;
let endpoint;
const seen = [];
const forward = new Server({
  port: 0,
  host: '127.0.0.1',
  prepareRequestFunction: ({ username, password, hostname }) => {
    seen.push({ username, password, hostname });
    return {
      requestAuthentication: username !== '' && password !== PASSWORD,
      failMsg: 'wrong password',
      // The name exists only for this proxy.
      dnsLookup: (_name, options, done) =>
        options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    };
  },
});

before(async () => {
  authority = await certificate();
  service = await secureEmulator(authority);
  endpoint = `https://${NAME}:${service.port}`;
  await forward.listen();
});
after(async () => {
  await forward.close(true);
  await service.close();
  await authority.remove();
});

/** Sends one creation, and returns the answer and the hosts that the forward proxy was asked for. */
async function sendWith(env, to = endpoint) {
  seen.length = 0;
  service.emulator.reset();
  const answer = await send(to, { NODE_EXTRA_CA_CERTS: authority.file, ...env });
  return { ...answer, hosts: seen.map(({ hostname }) => hostname), created: service.emulator.state().trackers.length };
}

const address = () => `127.0.0.1:${forward.port}`;
const url = () => `http://${address()}`;
const withPassword = (password) => `http://${USER}:${encodeURIComponent(password)}@${address()}`;

describe('a forward proxy', () => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])
    test(`${name} is used`, async () => {
      const { status, hosts, created } = await sendWith({ [name]: url() });
      assert.deepEqual({ status, hosts, created }, { status: 201, hosts: [NAME], created: 1 });
    });

  test('without it, the name is not found', async () => {
    const { status, body, hosts } = await sendWith({});
    assert.deepEqual({ status, sent: body.sent, hosts }, { status: 502, sent: 'no', hosts: [] });
  });

  test('a proxy without a scheme is an HTTP proxy', async () => {
    assert.equal((await sendWith({ HTTPS_PROXY: address() })).status, 201);
  });

  test('user and password are sent to it', async () => {
    const { status } = await sendWith({ HTTPS_PROXY: withPassword(PASSWORD) });
    assert.equal(status, 201);
    assert.deepEqual(seen, [{ username: USER, password: PASSWORD, hostname: NAME }]);
  });

  test('a wrong password is an error that does not show it', async () => {
    const { status, body, events, created } = await sendWith({ HTTPS_PROXY: withPassword('CANARY') });
    assert.deepEqual({ status, code: body.code, created }, { status: 502, code: 'upstream_unreachable', created: 0 });
    assert.doesNotMatch(JSON.stringify([body, events]), /CANARY/);
  });

  for (const [name, value] of [
    ['the host', NAME],
    ['a domain', '.test'],
    ['every host', '*'],
  ])
    test(`NO_PROXY names ${name}`, async () => {
      const { status, hosts } = await sendWith({ HTTPS_PROXY: url(), NO_PROXY: value });
      assert.deepEqual({ status, hosts }, { status: 502, hosts: [] });
    });

  test('this machine is reached directly', async () => {
    const local = await certificate({ name: 'localhost' });
    const other = await secureEmulator(local);
    try {
      const env = { HTTPS_PROXY: url(), NODE_EXTRA_CA_CERTS: local.file };
      const { status, hosts } = await sendWith(env, `https://localhost:${other.port}`);
      assert.deepEqual({ status, hosts }, { status: 201, hosts: [] });
    } finally {
      await other.close();
      await local.remove();
    }
  });

  test('a variable that is not a URL is named, but not shown', async () => {
    for (const HTTPS_PROXY of ['http://CANARY:secret@', 'ftp://CANARY/', 'CANARY:x']) {
      const { status, body, events } = await sendWith({ HTTPS_PROXY });
      assert.equal(status, 502);
      assert.doesNotMatch(JSON.stringify([body, events]), /CANARY/);
    }
  });
});
