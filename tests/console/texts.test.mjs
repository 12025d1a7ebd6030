// The console's texts and its form, without a browser.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { controlValues, examples, fieldOf, fillControls, inOrder, wireDraft } from '../../www/request.js';
import en from '../../www/texts.en.js';
import zh from '../../www/texts.zh-CN.js';

const www = new URL('../../www/', import.meta.url);
const sources = readdirSync(www)
  .filter((name) => /\.(js|html)$/.test(name) && !name.startsWith('texts.'))
  .map((name) => readFileSync(new URL(name, www), 'utf8'))
  .join('\n');

test('both languages have the same texts with the same placeholders', () => {
  assert.deepEqual(Object.keys(zh), Object.keys(en));
  const shape = (text) =>
    typeof text === 'function' ? 'function' : [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
  for (const key of Object.keys(en)) assert.equal(shape(zh[key]), shape(en[key]), key);
});

test('every text that is asked for is there, and none is left over', () => {
  const asked = [...sources.matchAll(/\bt\('([\w.]+)'|data-(?:t|label)="([\w.]+)"/g)].map(
    (match) => match[1] ?? match[2],
  );
  assert.ok(asked.length > 80);
  assert.deepEqual(
    asked.filter((key) => !(key in en)),
    [],
  );
  // Some keys are put together: `kind.${kind}.title`.
  const built = [
    /^kind\./,
    /^status\./,
    /^detail\./,
    /^type\.changed\./,
    /^check\.(good|bad|unknown|NoSuchBucket)$/,
    /^field\.(error|warning)$/,
  ];
  const left = Object.keys(en).filter(
    (key) => !sources.includes(`'${key}'`) && !sources.includes(`"${key}"`) && !built.some((form) => form.test(key)),
  );
  assert.deepEqual(left, []);
});

test('every kind of CtsError says in both languages what to do', () => {
  const kinds = [
    'validation',
    'auth',
    'forbidden',
    'not_found',
    'conflict',
    'throttled',
    'rejected',
    'unavailable',
    'server',
    'network',
    'timeout',
    'aborted',
    'outcome_unknown',
    'bad_response',
    'proxy',
    'internal',
  ];
  for (const texts of [en, zh]) {
    for (const kind of kinds) {
      assert.ok(texts[`kind.${kind}.title`].length > 2, kind);
      assert.match(texts[`kind.${kind}.text`], /[.。]$/, kind);
    }
  }
  assert.match(en['kind.outcome_unknown.text'], /Do not simply send it again: look in the tracker list/);
});

test('no inline script or style, nothing from elsewhere', () => {
  const page = readFileSync(new URL('index.html', www), 'utf8');
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  assert.doesNotMatch(page.replace(/xmlns="[^"]*"/g, ''), /https?:/);
  assert.doesNotMatch(readFileSync(new URL('styles.css', www), 'utf8'), /@import|url\(|https?:/);
  assert.doesNotMatch(sources, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
});

// The controls of index.html that a request needs, as the page has them.
const control = (name, type, more = {}) => ({
  name,
  type,
  value: type === 'checkbox' ? 'on' : '',
  checked: false,
  defaultChecked: false,
  dataset: {},
  ...more,
});
const controls = () => [
  control('tracker_type', 'radio', { value: 'system', checked: true, defaultChecked: true }),
  control('tracker_type', 'radio', { value: 'data' }),
  control('tracker_name', 'text'),
  control('agency_name', 'checkbox', { value: 'cts_admin_trust' }),
  control('management_event_selector.exclude_service', 'checkbox', { value: 'KMS', dataset: { list: 'sparse' } }),
  control('data_bucket.data_bucket_name', 'text'),
  control('data_bucket.data_event', 'checkbox', { value: 'READ', dataset: { list: '' } }),
  control('data_bucket.data_event', 'checkbox', { value: 'WRITE', dataset: { list: '' } }),
  control('transfer_to_obs', 'checkbox', { dataset: { page: '' } }),
  control('obs_info.is_obs_created', 'radio', {
    value: 'false',
    checked: true,
    defaultChecked: true,
    dataset: { boolean: '' },
  }),
  control('obs_info.is_obs_created', 'radio', { value: 'true', dataset: { boolean: '' } }),
  control('obs_info.bucket_name', 'text'),
  control('obs_info.file_prefix_name', 'text'),
  control('obs_info.bucket_lifecycle', 'radio', { value: '', checked: true, defaultChecked: true }),
  control('obs_info.bucket_lifecycle', 'radio', { value: '30', dataset: { number: '' } }),
  control('obs_info.is_sort_by_service', 'checkbox', { checked: true, dataset: { default: '' } }),
  control('is_support_validate', 'checkbox'),
  control('is_support_trace_files_encryption', 'checkbox'),
  control('kms_id', 'text'),
  control('is_lts_enabled', 'checkbox'),
];

test('an example goes into the form and comes out as it was', () => {
  for (const [type, example] of Object.entries(examples)) {
    const form = controls();
    fillControls(form, example);
    const applies = (name) => (type === 'system' ? !name.startsWith('data_bucket') : name !== 'kms_id');
    assert.deepEqual(wireDraft(form, applies), example, type);
  }
});

test('the form gives what HTML gives, the draft what the wire takes', () => {
  const form = controls();
  fillControls(form, { ...examples.data, tracker_name: 'on' });
  const values = controlValues(form);
  assert.equal(values.tracker_name, 'on');
  assert.equal(values.is_lts_enabled, 'on');
  assert.equal(values.obs_info.bucket_lifecycle, '30');
  assert.equal(values.kms_id, '');
  const draft = wireDraft(form);
  assert.equal(draft.tracker_name, 'on', 'a name is never taken for a checked box');
  assert.equal(draft.is_lts_enabled, true);
  assert.equal(draft.obs_info.bucket_lifecycle, 30);
  assert.equal('kms_id' in draft, false);
  fillControls(form, { tracker_type: 'data' });
  assert.deepEqual(wireDraft(form).data_bucket, { data_event: [] });
  assert.deepEqual(Object.keys(inOrder({ b: 1, a: { y: 1, x: [2] } }, ['a', 'a.x', 'a.y', 'b', 'c'])), ['a', 'b']);
  assert.deepEqual(inOrder({ a: { y: 1, x: [2] } }, ['a', 'a.x', 'a.y']), { a: { x: [2], y: 1 } });
});

test('the field of an issue: itself, the nearest above, the first below, or none', () => {
  const fields = ['tracker_type', 'data_bucket.data_bucket_name', 'data_bucket.data_event'];
  assert.equal(fieldOf(['tracker_type'], fields), 'tracker_type');
  assert.equal(fieldOf(['data_bucket', 'data_event', 1], fields), 'data_bucket.data_event');
  assert.equal(fieldOf('data_bucket.data_event.1', fields), 'data_bucket.data_event');
  assert.equal(fieldOf(['data_bucket'], fields), 'data_bucket.data_bucket_name');
  assert.equal(fieldOf([], fields), undefined);
  assert.equal(fieldOf(['elsewhere'], fields), undefined);
});
