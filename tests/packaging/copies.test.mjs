// Copies of the proxy behind a simple load balancer: two Node processes with the handler of the command line, and
// workerd. They share no state, so any of them can handle a request, and the others continue if one is killed.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createCtsClient, isCtsError } from 'cts-tracker';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { listen } from '../support/sockets.mjs';
import { bundleWorker, workerConfig, workerd } from './support/programs.mjs';
import { project, start } from './support/project.mjs';

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const DOMAIN = '24edf66e79d04187acb99a463e610764';
// The public host name of the load balancer, which forwards it.
const NAME = 'proxy.test';

const closing = [];
after(async () => {
  for (const close of closing.reverse()) await close();
});
const served = async (handler) => {
  const server = await listen(handler);
  closing.push(server.close);
  return server;
};

let emulator;
let copies;
let clocked;
let balancer;
let turn = 0;
/** The number of responses of each copy. */
const answered = new Map();

/** Round robin with a connection per request. A copy that refuses the connection is skipped. */
function balance(request, response, nth = (turn += 1), tries = copies.length) {
  const copy = copies[nth % copies.length];
  const { method, url: path, headers } = request;
  const further = httpRequest({ agent: false, host: '127.0.0.1', port: copy.port, method, path, headers }, (answer) => {
    answered.set(copy.name, (answered.get(copy.name) ?? 0) + 1);
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  further.on('error', ({ code }) => {
    if (code === 'ECONNREFUSED' && tries > 1) balance(request, response, nth + 1, tries - 1);
    else response.destroy();
  });
  request.body ??= request.toArray();
  request.body.then((parts) => further.end(Buffer.concat(parts)));
}

before(
  async () => {
    // Each data tracker needs its own bucket.
    const own = ['all', 'fewer'].flatMap((prefix) => Array.from({ length: 60 }, (_, n) => `${prefix}-${n}`));
    emulator = createEmulator({ buckets: ['bucket1', ...own].map((name) => ({ name, location: 'cn-north-1' })) });
    const upstream = await served(toNodeHandler(emulator));
    const folder = await project('copies', {}, { near: true });

    const { accessKeyId, secretAccessKey } = sampleCredentials;
    const keys = { HUAWEICLOUD_SDK_AK: accessKeyId, HUAWEICLOUD_SDK_SK: secretAccessKey };
    const command = async (name) => {
      const program = join(folder, 'node_modules', 'cts-tracker', 'cli.js');
      const args = ['proxy', '--endpoint', upstream.url, '--port', '0', '--allow-host', NAME];
      const { match, stop } = await start(process.execPath, [program, ...args], /http:\/\/127\.0\.0\.1:(\d+)/, {
        env: keys,
      });
      closing.push(stop);
      return { name, port: Number(match[1]), stop };
    };

    const common = JSON.stringify({ endpoint: upstream.url, allowedHosts: [NAME] });
    const worker = async (name, more) => {
      const { text, wasm } = await bundleWorker(
        `
      import { createSigningProxy } from 'cts-tracker/proxy';
      const pause = (ms) => new Promise((done) => setTimeout(done, ms));
      const keys = ${JSON.stringify(sampleCredentials)};
      ${more}
      const proxy = createSigningProxy({ ...${common}, ...options });
      export default { fetch: (request) => proxy.fetch(request) };`,
        folder,
      );
      await writeFile(join(folder, `${name}.js`), text);
      await writeFile(
        join(folder, `${name}.capnp`),
        `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (
        services = [
          (name = "main", worker = ${workerConfig(`${name}.js`, wasm, 'globalOutbound = "network"')}),
          (name = "network", network = (allow = ["private"])),
        ],
        sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ],
      );`,
      );
      const args = ['serve', join(folder, `${name}.capnp`), '--control-fd=1'];
      const { match, stop } = await start(workerd, args, /"event":"listen","socket":"http","port":(\d+)/);
      closing.push(stop);
      return { name, port: Number(match[1]), stop };
    };

    copies = await Promise.all([
      command('first'),
      command('second'),
      worker('workerd', 'const options = { credentials: async () => { await pause(20); return keys; } };'),
    ]);
    // A request sets its clock. Its provider is fast at first and slow afterwards.
    clocked = await worker(
      'clocked',
      `
    let ahead = 0;
    let fetches = 0;
    const options = {
      now: () => Date.now() + ahead,
      authorize: ({ headers }) => { ahead = Number(headers.get('authorization')); return true; },
      credentials: async () => {
        if ((fetches += 1) === 2) await pause(2_000);
        return { ...keys, expiresAt: Date.now() + ahead + 400_000 };
      },
    };`,
    );
    balancer = await served((request, response) => balance(request, response));
  },
  { timeout: 120_000 },
);

const client = () =>
  createCtsClient({
    // All connections go to the load balancer, under its public name.
    baseUrl: `http://${NAME}/`,
    projectId: PROJECT,
    domainId: DOMAIN,
    fetch: async (url, { method, headers, body }) =>
      new Promise((done, fail) => {
        const { pathname } = new URL(url);
        const further = httpRequest(
          `${balancer.url}${pathname}`,
          { method, headers: { ...headers, host: NAME } },
          async (answer) => {
            done(
              new Response(Buffer.concat(await answer.toArray()), {
                status: answer.statusCode,
                headers: answer.headers,
              }),
            );
          },
        );
        further.on('error', fail);
        further.end(body);
      }),
  });

/** Concurrent requests of both operations. Every creation has a new name. */
async function mixed(prefix, count) {
  const cts = client();
  const results = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      if (n % 5 === 0) {
        const name = `${prefix}-${n}`;
        const tracker = await cts.createTracker({
          tracker_type: 'data',
          tracker_name: name,
          data_bucket: { data_bucket_name: name, data_event: ['READ'] },
        });
        return tracker.tracker_name === name;
      }
      const bucket = { bucket_name: 'bucket1', bucket_location: 'cn-north-1' };
      const { buckets } = await cts.checkObsBuckets({ buckets: [bucket] });
      return buckets[0].check_bucket_response.success;
    }),
  );
  assert.ok(results.every(Boolean));
}

test('every copy handles requests: two Node processes and workerd', async () => {
  await mixed('all', 60);
  assert.deepEqual([...answered.keys()].sort(), ['first', 'second', 'workerd']);
  for (const [name, count] of answered) assert.ok(count >= 15, `${name}: ${count}`);
  assert.equal(emulator.state().trackers.length, 12);
  assert.equal(emulator.state().requestCount, 60);
});

test('a tracker created by one copy is a conflict at another', async () => {
  await client().createTracker({ tracker_type: 'system' });
  for (let i = 0; i < 3; i++) {
    const again = client().createTracker({ tracker_type: 'system' });
    await assert.rejects(again, (error) => isCtsError(error) && error.kind === 'conflict');
  }
});

test('the other copies continue when one is killed', async () => {
  const killed = copies.find(({ name }) => name === 'first');
  await killed.stop();
  answered.clear();
  const before = emulator.state().trackers.length;
  await mixed('fewer', 40);
  assert.deepEqual([...answered.keys()].sort(), ['second', 'workerd']);
  assert.equal(emulator.state().trackers.length, before + 8);
});

test('keys are fetched again if the workerd request that fetched them has ended', { timeout: 60_000 }, async () => {
  const check = (ahead) =>
    new Promise((done, fail) => {
      const headers = {
        host: NAME,
        'content-type': 'application/json',
        'x-requested-with': 'cts-tracker',
        authorization: `${ahead}`,
      };
      const url = `http://127.0.0.1:${clocked.port}/v3/${DOMAIN}/checkbucket`;
      httpRequest(url, { agent: false, method: 'POST', headers }, async (answer) => {
        await answer.resume().toArray();
        done(answer.statusCode);
      })
        .on('error', fail)
        .end('{"buckets":[]}');
    });
  assert.equal(await check(0), 200);
  assert.equal(await check(200_000), 200, 'new keys are fetched in the background');
  assert.equal(await check(500_000), 200, 'the first keys have expired');
});
