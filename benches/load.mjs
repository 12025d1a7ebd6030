// The signing proxy under load on loopback, compared with proxies that only forward, in front of the same emulator.
// npm run bench writes the result to BENCHMARKS.md; `node benches/load.mjs` prints it.
import { fork } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Failure, main, say } from '../tools/common.mjs';
import { median } from './measure.mjs';

/**
 * @typedef {'emulator' | 'proxy' | 'handler' | 'bare' | 'client'} Role
 * @typedef {{ url: string, ask(method: string, argument?: object): Promise<any>, stop(): Promise<void> }} Process
 * @typedef {{ perSecond: number, p50: number, p99: number, cpu: number, rss: number, heap: number }} Result
 */

const CONNECTIONS = 100;
const ROUNDS = 5;
const REQUESTS = 20_000;
/** Enough for stable medians of the other proxies. */
const PEER_REQUESTS = 4_000;
const WARM = 4_000;

/** What is measured in front of the emulator. */
const CONTESTANTS = /** @type {const} */ ({
  proxy: 'cts-tracker',
  handler: 'srvx and fetch, forwarding',
  bare: 'node:http, forwarding',
});
const ROLES = /** @type {(keyof typeof CONTESTANTS)[]} */ (Object.keys(CONTESTANTS));

/**
 * Starts a process of the run. `ask` calls a function there.
 * @param {Role} role
 * @returns {Promise<Process>}
 */
export async function start(role, upstream = '') {
  const program = fileURLToPath(new URL('load-process.mjs', import.meta.url));
  const child = fork(program, [role, upstream], { execArgv: ['--expose-gc'] });
  /** @type {Map<number, { done(value: unknown): void, fail(error: Error): void }>} */
  const waiting = new Map();
  let questions = 0;
  /** @type {string} */
  const url = await new Promise((ready, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => {
      const error = new Error(`the ${role} process exited (${code})`);
      fail(error);
      for (const call of waiting.values()) call.fail(error);
    });
    child.on('message', (/** @type {{ url?: string, question?: number, answer?: unknown }} */ message) => {
      if (message.question === undefined) return ready(message.url ?? '');
      waiting.get(message.question)?.done(message.answer);
      return waiting.delete(message.question);
    });
  });
  return {
    url,
    ask: (method, argument) =>
      new Promise((done, fail) => {
        questions += 1;
        waiting.set(questions, { done, fail });
        child.send({ question: questions, method, argument });
      }),
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill();
      }),
  };
}

/**
 * One run through one proxy: throughput, latencies, processor time and memory of the proxy. Throws if a request fails.
 * @param {{ client: Process, emulator: Process, proxy: Process, signed?: boolean, connections?: number, requests?: number }} options
 * @returns {Promise<Result>}
 */
export async function run({ client, emulator, proxy, signed = false, connections = CONNECTIONS, requests = REQUESTS }) {
  const before = await proxy.ask('usage');
  const signedFor = signed ? emulator.url : undefined;
  const { seconds, failures, creations, p50, p99 } = await client.ask('load', {
    url: proxy.url,
    connections,
    requests,
    signedFor,
  });
  const { rss, heap, cpu } = await proxy.ask('usage');
  const { trackers, projects } = await emulator.ask('created');
  if (Object.keys(failures).length > 0) throw new Failure(`requests failed: ${JSON.stringify(failures)}`);
  if (trackers !== creations || projects !== creations)
    throw new Failure(`${creations} creations were sent; there are ${trackers} trackers in ${projects} projects`);
  return { perSecond: requests / seconds, p50, p99, cpu: (cpu - before.cpu) / requests, rss, heap };
}

const count = (/** @type {number} */ n) => n.toLocaleString('en');

/** @returns the section of the report, and our throughput relative to node:http */
export async function loadSection() {
  const emulator = await start('emulator');
  const client = await start('client');
  const list = await Promise.all(
    ROLES.map(async (role) => ({
      role,
      name: CONTESTANTS[role],
      proxy: await start(role, emulator.url),
      results: /** @type {Result[]} */ ([]),
    })),
  );
  try {
    // Round 0 warms up; its memory is the first figure of the report.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const { role, name, proxy, results } of list) {
        const requests = round === 0 ? WARM : role === 'proxy' ? REQUESTS : PEER_REQUESTS;
        const result = await run({ client, emulator, proxy, signed: role !== 'proxy', requests });
        results.push(result);
        if (round > 0)
          say(
            `${round}/${ROUNDS} ${name}: ${result.perSecond.toFixed(0)} requests/s, ${result.cpu.toFixed(0)} µs each`,
          );
      }
    }
  } finally {
    await Promise.all([client, emulator, ...list.map(({ proxy }) => proxy)].map(({ stop }) => stop()));
  }
  /**
   * @param {string} role
   * @param {keyof Result} what
   */
  const of = (role, what) =>
    median((list.find((one) => one.role === role)?.results ?? []).slice(1).map((result) => result[what]));
  const MB = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(bytes < 5e7 ? 1 : 0);
  const rows = list.map(({ role, name, results }) => [
    name,
    of(role, 'perSecond').toFixed(0),
    (of(role, 'perSecond') / of('bare', 'perSecond')).toFixed(2),
    of(role, 'cpu').toFixed(0),
    (of(role, 'cpu') / of('bare', 'cpu')).toFixed(2),
    of(role, 'p50').toFixed(1),
    of(role, 'p99').toFixed(1),
    .../** @type {const} */ (['heap', 'rss']).map(
      (what) => `${MB(results[0]?.[what] ?? 0)} → ${MB(results.at(-1)?.[what] ?? 0)}`,
    ),
  ]);
  const relative = of('proxy', 'perSecond') / of('bare', 'perSecond');
  const section = `## The signing proxy under load

${CONNECTIONS} keep-alive connections; ${ROUNDS} rounds of ${count(REQUESTS)} requests through the signing proxy and of
${count(PEER_REQUESTS)} through each of the others; one request in ten creates a tracker, the others check a bucket. The
emulator, each proxy and the client are separate processes on the same machine. The run stops if a request fails, if a
signature is rejected, or if a creation does not make exactly one tracker: none of ${count(ROUNDS * REQUESTS)} requests did. Proxies that
only forward get requests that are already signed. The second row shows the cost of the stack (\`srvx\` and the platform's
\`fetch\`) without any work. Processor time is that of the proxy process; it says more than the throughput, because all
processes share the cores. Memory is measured after a garbage collection: the JavaScript heap, and the resident set.

| medians | requests/s | of node:http | processor, µs a request | of node:http | p50, ms | p99, ms | heap, MB, warm → end | resident, MB, warm → end |
|---|---|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
  return { section, relative };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    process.stdout.write((await loadSection()).section);
  });
}
