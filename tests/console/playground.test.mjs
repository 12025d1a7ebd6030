// The playground: the console with the proxy and the emulator in the page, on a static host.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  clickCreate,
  clickReview,
  control,
  fillDataTracker,
  openAccount,
  readPreview,
  selectManagement,
  transferTo,
} from './app.mjs';
import { usePlayground } from './playground.mjs';

const harness = usePlayground();

const openRoute = (page, name) => page.locator(`nav a[href="#/${name}"]`).click();
const isService = (path) => /\/service-\w+\.js$/.test(path);

async function create(page, name, tracked = 'cstest0423') {
  await fillDataTracker(page, name, tracked, 'READ');
  await transferTo(page, 'bucket1');
  await clickReview(page);
  await page.locator('#review-bucket').getByText('Traces can be transferred to this bucket.').waitFor();
  await page.getByText(`No tracker named “${name}” exists yet.`).first().waitFor();
  await clickCreate(page);
  await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
}

async function checkBuckets(page) {
  await openRoute(page, 'check-buckets');
  await page.getByRole('button', { name: 'Clear the table' }).click();
  await page.getByLabel('Paste buckets').fill('bucket1\nbucket2\n');
  await page.getByRole('button', { name: 'Add to the table' }).click();
  await page.getByRole('button', { name: /^Check all/ }).click();
  await page.getByText('1 usable, 1 not usable', { exact: false }).first().waitFor();
}

async function validateFile(page) {
  await openRoute(page, 'validate-file');
  const lines = '{"tracker_type":"system","tracker_name":"system"}\n{"tracker_type":"x"}\n';
  await page.locator('#file').setInputFiles({ name: 'a.ndjson', mimeType: 'text/plain', buffer: Buffer.from(lines) });
  await page.getByText('2 validated: 1 with errors', { exact: false }).first().waitFor();
}

async function listTrackers(page, name) {
  await openRoute(page, 'trackers');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: `Open as a draft: ${name}` }).waitFor();
}

async function startAnother(page) {
  await openRoute(page, 'create');
  await page.locator('#form, #response').filter({ visible: true }).first().waitFor();
  if (await page.locator('#response').isVisible()) await page.getByText('Create another tracker').click();
  await page.locator('#form').waitFor();
}

test('every page works in a folder of a static host with a strict policy, and loads only its own files', async () => {
  const { inFolder, files } = harness;
  inFolder.requested.length = 0;
  const { page, problems, sent, close } = await harness.open(inFolder);
  assert.match(await page.locator('#banner').textContent(), /Playground.*Nothing leaves the page/s);
  assert.ok(!inFolder.requested.some(isService), 'the proxy and the emulator are loaded when they are needed');
  await create(page, 'in-folder');
  assert.ok(inFolder.requested.some(isService));
  await checkBuckets(page);
  await validateFile(page);
  await listTrackers(page, 'in-folder');
  assert.deepEqual(problems, []);
  assert.equal(sent.length, 0);
  const paths = inFolder.requested.map((request) => request.replace('GET /docs/cts/', '/'));
  assert.deepEqual(
    paths.filter((path) => path !== '/' && !files.has(path)),
    [],
  );
  await close();
});

test('it works at the root of another origin without headers', async () => {
  const { page, problems, close } = await harness.open(harness.atRoot);
  await create(page, 'at-root');
  await listTrackers(page, 'at-root');
  assert.deepEqual(problems, []);
  await close();
});

test('once loaded, it needs no connection', async () => {
  const { page, context, problems, close } = await harness.open(harness.inFolder);
  await create(page, 'online');
  await checkBuckets(page);
  await validateFile(page);
  await listTrackers(page, 'online');
  await context.setOffline(true);
  const failed = [];
  page.on('requestfailed', (request) => failed.push(new URL(request.url()).pathname));
  await startAnother(page);
  await create(page, 'offline', 'save-trace-bucket');
  await checkBuckets(page);
  await validateFile(page);
  await listTrackers(page, 'offline');
  // Chromium asks for the icon again after each navigation.
  assert.deepEqual(
    failed.filter((path) => !path.endsWith('/icon.svg')),
    [],
  );
  assert.deepEqual(
    problems.filter((problem) => !problem.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  );
  await close();
});

test('a creation whose outcome is unknown can be looked up', async () => {
  const { page, problems, close } = await harness.open(harness.inFolder);
  await page.evaluate(() => {
    // Holds the emulator's answer to a creation until the user has stopped waiting.
    const held = new Promise((resolve) => {
      window.release = resolve;
    });
    const answers = new WeakSet();
    const { get } = Object.getOwnPropertyDescriptor(Response.prototype, 'body');
    Object.defineProperty(Response.prototype, 'body', {
      get() {
        const body = get.call(this);
        if (this.status === 201) answers.add(body);
        return body;
      },
    });
    const { getReader } = ReadableStream.prototype;
    ReadableStream.prototype.getReader = function wrapped(...options) {
      const reader = getReader.apply(this, options);
      const read = reader.read.bind(reader);
      if (answers.has(this)) reader.read = () => held.then(read);
      return reader;
    };
  });
  await fillDataTracker(page, 'unknown', 'cstest0423', 'READ');
  await transferTo(page, 'bucket1');
  await clickReview(page);
  await page.getByText('No tracker named “unknown” exists yet.').first().waitFor();
  await clickCreate(page);
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  await page.getByText('The request may already have been sent.', { exact: false }).first().waitFor();
  await page.evaluate(() => window.release());
  await page.getByRole('button', { name: 'Look it up' }).click();
  await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
  assert.deepEqual(problems, []);
  await close();
});

test('a link carries the draft without IDs, and opening it sends nothing', async () => {
  const options = { permissions: ['clipboard-read', 'clipboard-write'] };
  const first = await harness.open(harness.inFolder, '', options);
  await selectManagement(first.page);
  await transferTo(first.page, 'save-trace-bucket');
  await control(first.page, 'obs_info.file_prefix_name').fill('a?b&c=d#e f');
  await control(first.page, 'agency_name').uncheck();
  await control(first.page, 'obs_info.compress_type', 'json').check();
  await control(first.page, 'is_support_trace_files_encryption').check();
  await control(first.page, 'kms_id').fill('13a4207c-7abe-4b68-8510-16b84c3b5504');
  await openAccount(first.page);
  await control(first.page, 'project_id').fill('11112222333344445555666677778888');
  await control(first.page, 'domain_id').fill('99990000aaaabbbbccccddddeeeeffff');
  const { kms_id: id, ...draft } = await readPreview(first.page);
  assert.ok(id);
  await first.page.getByRole('button', { name: 'Copy a link to this draft' }).click();
  await first.page.getByText('Copied. The link has no IDs.').first().waitFor();
  const link = await first.page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(`${harness.inFolder.url}#/create?`), link);
  assert.doesNotMatch(link, /13a4207c|11112222|99990000/);
  await first.close();

  harness.inFolder.requested.length = 0;
  const { page, problems, close } = await harness.open(harness.inFolder, new URL(link).hash);
  await page.getByText('The draft of the link is loaded. Nothing was sent.').first().waitFor();
  assert.deepEqual(await readPreview(page), draft);
  await page.waitForURL((url) => url.hash === '#/create');
  assert.ok(!harness.inFolder.requested.some((path) => isService(path) || path.includes('bucket')));
  await page.locator('#undo-button').click();
  assert.equal((await readPreview(page)).tracker_type, 'data');
  assert.deepEqual(problems, []);
  await close();
});

test('a link opens the form and no later step, and names what it cannot take from it', async () => {
  const values = 'tracker_type=system&agency_name=&kms_id=13a4207c&unknown=1&obs_info.compress_type=zip';
  harness.inFolder.requested.length = 0;
  const { page, problems, close } = await harness.open(harness.inFolder, `#/create/review?${values}`);
  await page.getByText('Not taken from the link: kms_id, unknown, obs_info.compress_type.').first().waitFor();
  await page.waitForURL((url) => url.hash === '#/create');
  assert.ok(await page.locator('#form').isVisible());
  assert.deepEqual(await readPreview(page), { tracker_type: 'system', tracker_name: 'system' });
  assert.ok(!harness.inFolder.requested.some(isService));
  // A link that is opened in the same tab replaces the draft, and a reload keeps what was typed after it.
  await page.evaluate(() => location.assign('#/create?tracker_name=linked'));
  await page.waitForURL((url) => url.hash === '#/create');
  assert.equal(await control(page, 'tracker_name').inputValue(), 'linked');
  await control(page, 'tracker_name').fill('typed');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await control(page, 'tracker_name').inputValue(), 'typed');
  assert.deepEqual(problems, []);
  await close();
});

test('without access to the clipboard, the link is in the address bar', async () => {
  const { page, close } = await harness.open(harness.inFolder);
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await control(page, 'tracker_name').fill('in-the-bar');
  await page.getByRole('button', { name: 'Copy a link to this draft' }).click();
  await page.getByText('Copy the link from the address bar').first().waitFor();
  assert.match(page.url(), /#\/create\?tracker_name=in-the-bar&bucket_location=cn-north-1$/);
  await close();
});

test('the code of the playground names no proxy of its own', async () => {
  const { page, close } = await harness.open(harness.inFolder);
  await page.getByRole('tab', { name: 'curl' }).click();
  assert.match(await page.locator('#preview-body').textContent(), /YOUR_PROXY_URL\/v3\//);
  await close();
});

/** An inlined wasm requests nothing, and its proxy knows the names of the own machine. */
const withoutWasm = (text) => text.replace(/(["'`])(?:\\0|\\x00)asm(?:\\.|(?!\1)[^\\])*\1/gs, '');

test('the files name no address that is requested', () => {
  const TEXTS = [
    // A base to parse relative URLs and signals.
    'http://page.invalid',
    'http://www.w3.org/2000/svg',
    // The endpoint of the proxy, for which the emulator answers: the host of the page.
    'https://${',
  ];
  const found = new Set();
  for (const [path, body] of harness.files) {
    const text = withoutWasm(Buffer.from(body).toString('latin1'));
    assert.ok(!/localhost|127\.0\.0\.1/.test(text), path);
    for (const [url] of text.matchAll(/\b(?:https?|wss?):\/\/(?:\$\{|[^\s"'`<>)\\]*)/g)) found.add(url);
    if (path.endsWith('.html')) assert.doesNotMatch(text, /(?:src|href)="(?:\/|[a-z]+:)/);
  }
  assert.deepEqual([...found].sort(), TEXTS);
});

test('the drawer controls the emulator in the page', async () => {
  const { page, problems, close } = await harness.open(harness.inFolder);
  try {
    const before = harness.inFolder.requested.length;
    await page.getByRole('button', { name: 'Emulator controls' }).click();
    await page.getByLabel('Fault', { exact: true }).selectOption('CTS.0208');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.locator('#emulator-planned li').getByText('CTS.0208 – Create tracker, 1×').waitFor();
    await fillDataTracker(page, 'in-the-page', 'bucket1', 'READ');
    await clickCreate(page);
    await page.getByRole('heading', { name: 'Conflict with an existing tracker' }).waitFor();
    await page.locator('#emulator-log').getByText('400 CTS.0208').waitFor();
    await page.locator('#create').click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    await page.locator('#emulator-count').getByText('Trackers: 1.').waitFor();
    await page.getByRole('button', { name: 'Reset emulator' }).click();
    await page.locator('#emulator-count').getByText('Requests since the start: 0. Trackers: 0.').waitFor();
    const loaded = harness.inFolder.requested.slice(before);
    assert.ok(loaded.length > 0 && !loaded.some((request) => /\/(?:emulator|api)(?:\/|$)/.test(request)), `${loaded}`);
    assert.deepEqual(problems, []);
  } finally {
    await close();
  }
});
