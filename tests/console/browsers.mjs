// The console and the playground in Firefox and WebKitGTK. `npm run test:matrix` runs it, since it installs them.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildPlayground } from '../../tools/playground.mjs';
import { startApp } from './app.mjs';
import { drivers } from './drivers.mjs';
import { HEADERS, startHost } from './playground.mjs';

const LINES = '{"tracker_type":"system","tracker_name":"system"}\n{"tracker_type":"x"}\n';

let folder;
let file;
let app;
let host;
before(
  async () => {
    folder = await mkdtemp(join(tmpdir(), 'cts-browsers-'));
    file = join(folder, 'trackers.ndjson');
    await writeFile(file, LINES);
    app = await startApp();
    await buildPlayground({ folder: join(folder, 'site') });
    host = await startHost(join(folder, 'site'), '/docs/cts/', HEADERS);
  },
  { timeout: 620_000 },
);
after(async () => {
  await app?.stop();
  await host?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Creates a data tracker for a bucket that has none, with an error on the way. */
async function create(driver, name, bucket) {
  await driver.type('[name="tracker_name"]', 'a b');
  await driver.type('[name="data_bucket.data_bucket_name"]', bucket);
  await driver.waitFor('[data-field="tracker_name"] .errors', 'character 2');
  await driver.clear('[name="tracker_name"]');
  await driver.type('[name="tracker_name"]', name);
  await driver.click('[name="data_bucket.data_event"][value="READ"]');
  await driver.click('[name="transfer_to_obs"]');
  await driver.type('[name="obs_info.bucket_name"]', 'bucket1');
  await driver.click('#to-review');
  await driver.waitFor('#review-bucket', 'Traces can be transferred to this bucket.');
  await driver.waitFor('#review', `No tracker named “${name}” exists yet.`);
  await driver.click('#create');
  await driver.waitFor('#response', `Tracker “${name}” is enabled.`);
}

async function checkBuckets(driver) {
  await driver.click('nav a[href="#/check-buckets"]');
  await driver.waitFor('#page-check-buckets textarea');
  await driver.type('#page-check-buckets textarea', 'bucket1\nbucket2');
  await driver.clickButton('Add to the table');
  await driver.clickButton('Check all (2)');
  await driver.waitFor('#page-check-buckets', '1 usable, 1 not usable');
}

async function validateFile(driver) {
  await driver.click('nav a[href="#/validate-file"]');
  await driver.waitFor('#file');
  await driver.choose('#file', file);
  await driver.waitFor('#page-validate-file', '2 validated: 1 with errors');
}

async function listTrackers(driver, name) {
  await driver.click('nav a[href="#/trackers"]');
  await driver.waitFor('#page-trackers tbody', name);
}

for (const [engine, bucket] of [
  ['Firefox ESR', 'cstest0423'],
  ['WebKitGTK', 'save-trace-bucket'],
]) {
  for (const place of ['console', 'playground']) {
    test(`${engine}: create, check buckets, validate a file and list trackers in the ${place}`, async () => {
      const driver = await drivers[engine]();
      try {
        await driver.open(place === 'console' ? app.url : host.url);
        await driver.waitFor('#form');
        const name = `in-${engine.split(' ')[0]}`;
        await create(driver, name, bucket);
        await checkBuckets(driver);
        await validateFile(driver);
        await listTrackers(driver, name);
      } finally {
        await driver.close();
      }
    });
  }
}

test('the playground was loaded from its folder only', () => {
  assert.ok(host.requested.length > 0);
  assert.deepEqual(
    host.requested.filter((request) => !request.startsWith('GET /docs/cts/')),
    [],
  );
});
