// The states of the pages, for the tests that look at each: without input, with errors, filled in, and so on.
import { control } from './app.mjs';

const BUCKETS = 'bucket1\nbucket2\nsave-trace-bucket\nBad_Name\n';
const LINES = [
  {
    tracker_type: 'data',
    tracker_name: 'audit',
    data_bucket: { data_bucket_name: 'cstest0423', data_event: ['READ'] },
  },
  { tracker_type: 'data', tracker_name: 'a b', obs_info: { bucket_name: 'saveTraceBucket' } },
  { tracker_type: 'system', tracker_name: 'system', kms_id: '13a4207c' },
].map((request) => `${JSON.stringify(request)}\n`);

const open = async (page, name) => {
  await page.locator(`nav a[href="#/${name}"]`).click();
  await page.locator(`#page-${name}`).waitFor();
};

/** What leads to each state, in an order in which each prepares the next. The last four leave the form. */
export const states = {
  async empty() {},
  async errors(page) {
    await control(page, 'tracker_name').fill('a b');
    await page.locator('#to-review').click();
  },
  async form(page) {
    await control(page, 'tracker_name').fill('audit');
    await control(page, 'data_bucket.data_bucket_name').fill('cstest0423');
    await control(page, 'data_bucket.data_event', 'WRITE').check();
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.bucket_name').fill('bucket1');
    await page.locator('h1').click();
    await page.evaluate(() => scrollTo(0, 0));
  },
  async import(page) {
    await page.locator('#import').click();
    await page.locator('dialog[open]').waitFor();
  },
  async review(page) {
    await page.keyboard.press('Escape');
    await page.locator('#to-review').click();
    await page.locator('#review-bucket.good').waitFor();
    await page.locator('#review li.good').nth(1).waitFor();
  },
  async created(page) {
    await page.locator('#create').click();
    await page.locator('#response .outcome.good').waitFor();
  },
  async 'check-buckets'(page) {
    await open(page, 'check-buckets');
    await page.locator('#page-check-buckets textarea').fill(BUCKETS);
    await page.locator('#page-check-buckets button').first().click();
    await page.locator('#page-check-buckets button.primary').click();
    await page.locator('table.buckets .badge.good').nth(1).waitFor();
  },
  async 'validate-file'(page) {
    await open(page, 'validate-file');
    const file = { name: 'trackers.ndjson', mimeType: 'text/plain', buffer: Buffer.from(LINES.join('')) };
    await page.locator('#file').setInputFiles(file);
    await page.locator('#page-validate-file tbody tr').first().waitFor();
  },
  async trackers(page) {
    await open(page, 'trackers');
    await page.locator('#page-trackers tbody tr').first().waitFor();
  },
  async emulator(page) {
    await page.locator('#emulator-button').click();
    await page.locator('dialog.drawer[open] h3').first().waitFor();
  },
};
