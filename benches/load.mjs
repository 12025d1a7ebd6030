// The signing proxy under load, on loopback, beside proxies that do nothing, over the same emulator. Alone:
// node benches/load.mjs. As a part of npm run bench it is a section of BENCHMARKS.md.
import { fork } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Failure, main, say } from '../tools/common.mjs';

const CONNECTIONS = 100;
const ROUNDS = 5;
const REQUESTS = 20_000;
// Enough for the medians of the others.
const PEER_REQUESTS = 4_000;
const WARM = 4_000;

/** What stands before the emulator, by role. */
const CONTESTANTS = {
  proxy: 'cts-tracker',
  handler: 'srvx and fetch, passing on',
  bare: 'node:http, passing on',
};

/** Starts a process of the run; `ask` is a call there. */
export async function start(role, upstream = '') {
  const program = fileURLToPath(new URL('load-process.mjs', import.meta.url));
  const child = fork(program, [role, upstream], { execArgv: ['--expose-gc'] });
  const waiting = new Map();
  let asked = 0;
  const url = await new Promise((ready, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => {
      fail(new Error(`the ${role} ended (${code})`));
      for (const [, lost] of waiting.values()) lost(new Error(`the ${role} ended (${code})`));
    });
    child.on('message', ({ url: at, question, answer }) => {
      if (question === undefined) return ready(at);
      waiting.get(question)[0](answer);
      return waiting.delete(question);
    });
  });
  return {
    url,
    ask: (method, given) =>
      new Promise((...both) => {
        waiting.set((asked += 1), both);
        child.send({ question: asked, method, given });
      }),
    stop: () =>
      new Promise((done) => {
        child.once('exit', done);
        child.kill();
      }),
  };
}

/** One run through one proxy: throughput, latencies, the proxy's own processor time and memory. Throws if any fails. */
export async function run({ client, emulator, proxy, signed = false, connections = CONNECTIONS, requests = REQUESTS }) {
  const before = await proxy.ask('usage');
  const { seconds, failures, creations, p50, p99 } = await client.ask('load', {
    url: proxy.url,
    connections,
    requests,
    signedFor: signed ? emulator.url : undefined,
  });
  const after = await proxy.ask('usage');
  const { trackers, projects } = await emulator.ask('created');
  if (Object.keys(failures).length > 0) throw new Failure(`requests failed: ${JSON.stringify(failures)}`);
  if (trackers !== creations || projects !== creations) {
    throw new Failure(`${creations} creations were sent; there are ${trackers} trackers in ${projects} projects`);
  }
  const { rss, held } = after;
  return { perSecond: requests / seconds, p50, p99, cpu: (after.cpu - before.cpu) / requests, rss, held };
}

const count = (n) => n.toLocaleString('en');
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** @returns {Promise<string>} the section of the report */
export async function loadSection() {
  const emulator = await start('emulator');
  const client = await start('client');
  const proxies = Object.fromEntries(
    await Promise.all(Object.keys(CONTESTANTS).map(async (role) => [role, await start(role, emulator.url)])),
  );
  const results = Object.fromEntries(Object.keys(CONTESTANTS).map((role) => [role, []]));
  const round = (role, requests) => run({ client, emulator, proxy: proxies[role], signed: role !== 'proxy', requests });
  const warm = {};
  try {
    for (const role of Object.keys(CONTESTANTS)) warm[role] = await round(role, WARM);
    for (let n = 1; n <= ROUNDS; n++) {
      for (const role of Object.keys(CONTESTANTS)) {
        const result = await round(role, role === 'proxy' ? REQUESTS : PEER_REQUESTS);
        results[role].push(result);
        const { perSecond, cpu } = result;
        say(`${n}/${ROUNDS} ${CONTESTANTS[role]}: ${perSecond.toFixed(0)} requests/s, ${cpu.toFixed(0)} µs each`);
      }
    }
  } finally {
    await Promise.all([client, emulator, ...Object.values(proxies)].map(({ stop }) => stop()));
  }
  const of = (role, what) => median(results[role].map((result) => result[what]));
  const MB = (bytes) => (bytes / 1e6).toFixed(bytes < 5e7 ? 1 : 0);
  const rows = Object.entries(CONTESTANTS).map(([role, name]) => [
    name,
    of(role, 'perSecond').toFixed(0),
    (of(role, 'perSecond') / of('bare', 'perSecond')).toFixed(2),
    of(role, 'cpu').toFixed(0),
    (of(role, 'cpu') / of('bare', 'cpu')).toFixed(2),
    of(role, 'p50').toFixed(1),
    of(role, 'p99').toFixed(1),
    ...['held', 'rss'].map((what) => `${MB(warm[role][what])} → ${MB(results[role].at(-1)[what])}`),
  ]);
  return `## The signing proxy under load

${CONNECTIONS} connections that stay open, in turn ${ROUNDS} rounds of ${count(REQUESTS)} requests through ours and of
${count(PEER_REQUESTS)} through the others, nine checks to one creation; the emulator, each proxy and the client
are processes of their own on the same machine. Of ${count(ROUNDS * REQUESTS)} requests none failed, no signature was refused, and each
creation made one tracker: the run ends at the first round where that is not so. What only passes on is given requests
that are signed already. The second row shows what the stack costs (\`srvx\`, the platform's \`fetch\`) with nothing to do.
Processor time is the proxy's alone, and says more than requests a second, for which all these share the cores.
Memory is of a process after a collection: what JavaScript holds, and what is resident.

| medians | requests/s | of node:http | processor, µs a request | of node:http | p50, ms | p99, ms | held, MB, warm → end | resident, MB, warm → end |
|---|---|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    process.stdout.write(await loadSection());
  });
}
