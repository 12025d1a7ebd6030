// The forms of the examples in Chromium, in front of the proxy and the emulator: errors, warnings, counters, hidden fields,
// the service's errors, and what is sent.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { at } from '../../tools/common.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { serveFolder } from '../support/pages.mjs';
import { listen } from '../support/sockets.mjs';
import { examples, program, run, startService } from './support.mjs';

const browser = await launchChromium();
after(() => browser.close());
const folder = mkdtempSync(join(tmpdir(), 'cts-tracker-examples-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Builds a form with Vite. Returns the folder. */
async function built(name) {
  const outDir = join(folder, name);
  const { code, output } = await run([
    program('vite/bin/vite.js'),
    'build',
    name,
    '--outDir',
    outDir,
    '--logLevel',
    'warn',
  ]);
  assert.equal(code, 0, output);
  return outDir;
}

/** The plain form with the file of the package beside it. */
function copied(name) {
  const outDir = join(folder, name);
  cpSync(join(examples, name), outDir, { recursive: true });
  cpSync(at('pkg', 'cts-tracker.iife.js'), join(outDir, 'cts-tracker.iife.js'));
  return outDir;
}

/** Opens the form. `/v3` and `/api/v3` go to the proxy. */
async function open(site) {
  const service = await startService();
  const { url, server } = await siteServer(site, service.handler);
  after(() => server.close());
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${url}/index.html`);
  return { page, emulator: service.emulator, problems };
}

async function siteServer(site, api) {
  const files = await serveFolder(site, { csp: false });
  const server = await listen(async (request, response) => {
    const target = request.url.replace(/^\/api(?=\/)/, '');
    if (target.startsWith('/v3/')) return api(Object.assign(request, { url: target }), response);
    const file = await fetch(files.url + request.url);
    response.writeHead(file.status, { 'content-type': file.headers.get('content-type') ?? '' });
    return response.end(Buffer.from(await file.arrayBuffer()));
  });
  return { url: server.url, server: { close: () => Promise.all([server.close(), files.close()]) } };
}

/**
 * Drives one form. `texts` are the parts of messages that the form shows, `choose` selects the type of the tracker.
 * @param {{ site: () => string | Promise<string>, label: Record<string, string | RegExp>, texts: Record<string, string>,
 *   choose(page: import('playwright-core').Page, type: 'system' | 'data'): Promise<void>,
 *   record(page: import('playwright-core').Page): Promise<void>, counter?: string }} form
 */
const drive =
  ({ site, label, texts, choose, record, create }) =>
  async () => {
    const { page, emulator, problems } = await open(await site());
    const input = (name) => page.getByRole('textbox', { name: label[name] });
    const shows = (text) => page.getByText(text).filter({ visible: true }).first().waitFor();
    const submit = () => page.getByRole('button', { name: create }).click();

    // A management tracker has neither a name nor a bucket to track.
    await input('bucket').waitFor();
    assert.equal(await input('name').isVisible(), false);

    // An error beside its field, with the counter; the warning of another field beside it.
    await choose(page, 'data');
    await input('name').fill('a b');
    await shows(texts.character);
    await shows('3 / 32');
    await submit();
    await shows(texts.tracked);
    assert.deepEqual(emulator.state().requests, [], 'an invalid form is not sent');

    // On the way back, the field is hidden and neither an error nor sent.
    await choose(page, 'system');
    assert.equal(await input('name').isVisible(), false);
    await page.getByRole('checkbox', { name: label.encryption }).check({ force: true });
    await input('key').fill('not a key');
    await shows(texts.key);
    await input('bucket').fill('missing');
    await submit();
    // The service refuses the bucket: its sentence is beside the field.
    await shows(texts.missing);
    const [refused] = emulator.state().requests;
    assert.ok(refused, 'a warning does not block');

    // What was typed comes back.
    await choose(page, 'data');
    assert.equal(await input('name').inputValue(), 'a b');
    await input('name').fill('audit');
    await input('tracked').fill('cstest0423');
    await record(page);
    await input('bucket').fill('test-data-tracker');
    await submit();
    await shows(texts.created);
    const [tracker] = emulator.state().trackers;
    assert.equal(tracker.tracker_name, 'audit');
    assert.equal(tracker.data_bucket.data_bucket_name, 'cstest0423');
    assert.equal(JSON.stringify(emulator.state()).includes('not a key'), false, 'a hidden value is not sent');
    assert.deepEqual(problems, []);
    await page.close();
  };

const ENGLISH = {
  label: {
    bucket: /^OBS bucket name/,
    name: /^Tracker name/,
    tracked: /^Name of the tracked bucket/,
    encryption: /^Encrypt trace files/,
    key: /^KMS key ID/,
  },
  texts: {
    character: 'character 2 is a space',
    tracked: 'Enter the name of the bucket to track.',
    key: 'This does not look like a KMS key ID',
    missing: /bucket .*not exist/i,
    created: /^Created /,
  },
  create: 'Create',
};

test(
  'react-hook-form',
  drive({
    ...ENGLISH,
    site: () => built('react-hook-form'),
    choose: (page, type) => page.getByLabel(/^Tracker type/).selectOption(type),
    record: (page) => page.getByLabel(/^Operations to record/).selectOption('READ'),
  }),
);

test(
  'vue-element-plus',
  drive({
    site: () => built('vue-element-plus'),
    label: {
      bucket: /^OBS桶名称/,
      name: '追踪器名称',
      tracked: '被追踪的OBS桶名称',
      encryption: /加密/,
      key: 'KMS密钥ID',
    },
    texts: {
      character: '第2个字符是空格',
      tracked: '请输入被追踪的OBS桶名称。',
      key: '不像是KMS密钥ID',
      missing: /^OBS桶不存在/,
      created: /^已创建 /,
    },
    create: '创建',
    choose: (page, type) => page.locator(`.el-radio:has(input[value="${type}"])`).click(),
    record: (page) => page.locator('.el-checkbox:has(input[value="READ"])').click(),
  }),
);

test(
  'plain-html',
  drive({
    ...ENGLISH,
    site: () => copied('plain-html'),
    choose: (page, type) => page.locator(`[name=tracker_type][value=${type}]`).check(),
    record: (page) => page.locator('select').selectOption('READ'),
  }),
);
