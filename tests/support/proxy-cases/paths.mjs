// Cases of the signing proxy: methods and paths.
import { badPaths, random } from './bad-paths.mjs';
import {
  BASE,
  BUCKETS,
  bare,
  CHECK,
  CREATE,
  DOMAIN,
  equal,
  GOOD,
  ok,
  PROJECT,
  post,
  ROUTE,
  read,
  SYSTEM,
  UPSTREAM_ROUTE,
} from './support.mjs';

export const pathsCases = ({ harness, randomRequests }) => [
  [
    'forwards only the two requests: random methods and paths',
    async () => {
      const { proxy, calls } = harness();
      const next = random(7);
      const pick = (list) => list[next(list.length)];
      const word = () => Array.from({ length: next(12) }, () => String.fromCharCode(33 + next(94))).join('');
      let requests = 0;
      for (let i = 0; i < randomRequests; i++) {
        const method = pick(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'POST', 'PURGE']);
        const path = pick([
          `/${word()}`,
          `/v3/${word()}/tracker`,
          `/v3/${word()}/${pick(['tracker', 'checkbucket', 'quotas'])}`,
          `/v3/${PROJECT}/tracker${word()}`,
          `/v3/${PROJECT}/${word()}`,
          `/v${next(9)}/${PROJECT}/tracker`,
        ]);
        let request;
        try {
          request = new Request(BASE + path, { method, headers: GOOD, ...(method === 'POST' && { body: SYSTEM }) });
        } catch {
          continue;
        }
        requests += 1;
        const before = calls.length;
        const { status } = await proxy.fetch(request);
        if (calls.length > before) {
          // Only the two requests are forwarded.
          ok(method === 'POST' && ROUTE.test(request.url), `${method} ${request.url}`);
        } else ok(status >= 400 || request.url.includes('/-/'), `${method} ${request.url}: ${status}`);
      }
      ok(calls.every(({ url }) => UPSTREAM_ROUTE.test(url)));
      // The seed is fixed, so these counts are the same in every run.
      ok(
        requests > randomRequests * 0.9 && calls.length > 0 && calls.length < requests / 10,
        `${calls.length} of ${requests} were forwarded`,
      );
    },
  ],

  [
    'admits only listed ids',
    async () => {
      const { ask, calls } = harness({ projects: [PROJECT], domains: [] });
      equal((await ask(CREATE, SYSTEM)).status, 201);
      equal((await ask(`/v3/${DOMAIN}/tracker`, SYSTEM)).code, 'id_not_allowed');
      equal((await ask(CHECK, BUCKETS)).code, 'id_not_allowed');
      equal(calls.length, 1);
    },
  ],

  [
    'refuses path tricks',
    async () => {
      const { proxy, calls } = harness();
      const paths = badPaths();
      ok(new Set(paths).size === paths.length && paths.length >= 200, `${paths.length} paths, or a duplicate`);
      for (const path of paths) {
        const raw = await read(await proxy.fetch(bare(BASE + path)));
        // A path that changes the host of the URL is refused for the host.
        const elsewhere = raw.code === 'host_not_allowed' && !path.startsWith('/');
        ok(raw.code === 'not_found' || elsewhere, `${JSON.stringify(path)}: ${raw.text}`);
      }
      equal(calls.length, 0);
      for (const path of paths) {
        let request;
        try {
          request = post(path, SYSTEM);
        } catch {
          continue;
        }
        // A path that Request resolves to a valid one is admitted.
        const { status, text } = await read(await proxy.fetch(request));
        ok(status === 404 || ROUTE.test(request.url), `${JSON.stringify(path)}: ${text}`);
      }
      ok(calls.every(({ url }) => UPSTREAM_ROUTE.test(url)));
    },
  ],
];
