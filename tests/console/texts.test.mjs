// The texts of the console and the conversion of its form, without a browser.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { importConsole } from './import-console.mjs';

const { en } = await importConsole('texts/en.ts');
const { zhCN } = await importConsole('texts/zh-CN.ts');
const { examples } = await importConsole('create-tracker/examples.ts');
const { fillControls, findField, readDraft, readFormValues, sortFields } =
  await importConsole('create-tracker/request.ts');

const www = new URL('../../www/', import.meta.url);
const readSource = (name) => readFileSync(new URL(name, www), 'utf8');
const html = readSource('index.html');
const sources = readdirSync(www, { recursive: true })
  .filter((name) => /\.(ts|html)$/.test(name) && !name.startsWith('texts'))
  .map(readSource)
  .join('\n');

// TypeScript checks that both languages have the same keys, and the keys that the sources use.

test('both languages have the same texts with the same placeholders', () => {
  assert.deepEqual(Object.keys(zhCN), Object.keys(en));
  const shape = (text) =>
    typeof text === 'function' ? 'function' : [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
  for (const key of Object.keys(en)) assert.equal(shape(zhCN[key]), shape(en[key]), key);
});

test('every key in index.html exists, and every text is used', () => {
  const keys = [...html.matchAll(/data-(?:text|label)="([\w.]+)"/g)].map(([, key]) => key);
  assert.ok(keys.length > 60);
  assert.deepEqual(
    keys.filter((key) => !(key in en)),
    [],
  );
  // Keys that are composed at run time, such as `kind.${kind}.title`.
  const composed = [
    /^kind\.\w+\.(title|text)$/,
    /^status\./,
    /^detail\./,
    /^check\.(good|bad|unknown)$/,
    /^check\.code\./,
    /^banner\.\w+\.(title|text)$/,
    /^checkBuckets\.(filter|rating)\./,
    /^field\.(error|warning)$/,
    /^import\.(note|error)\./,
    /^emulator\.fault\.(any|createTracker|checkObsBuckets|listTrackers)$/,
  ];
  const unused = Object.keys(en).filter(
    (key) =>
      !sources.includes(`'${key}'`) && !sources.includes(`"${key}"`) && !composed.some((pattern) => pattern.test(key)),
  );
  assert.deepEqual(unused, []);
});

test('every kind of CtsError has a title and advice in both languages', () => {
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
  for (const texts of [en, zhCN]) {
    for (const kind of kinds) {
      assert.ok(texts[`kind.${kind}.title`].length > 2, kind);
      assert.match(texts[`kind.${kind}.text`], /[.。]$/, kind);
    }
  }
  assert.match(en['kind.outcome_unknown.text'], /Do not send it again yet: first check the tracker list/);
});

test('both languages use the words of the vendor', () => {
  const words = {
    'response.heading': ['Response', '响应'],
    'response.body': ['Response body', '响应体'],
    'response.serviceMessage': ['Service message', '服务返回信息'],
    'action.stop': ['Stop waiting', '停止等待'],
    'action.reset': ['Reset form', '重置'],
    'examples.label': ['Load an example from the API reference:', '加载API参考中的示例：'],
    'lifecycle.none': ['Keep the bucket’s rule', '沿用桶的规则'],
    'compress.json': ['Uncompressed (JSON)', '不压缩（JSON）'],
    'created.false': ['Use an existing bucket', '使用已有OBS桶'],
    'action.resetDone': ['The default values are restored.', '已恢复默认值。'],
    'kind.auth.title': ['Authentication failed', '密钥认证失败'],
    'kind.network.title': ['Connection failed', '网络连接失败'],
    'kind.timeout.title': ['Request timed out', '请求超时'],
    'kind.bad_response.title': ['The response could not be read', '无法解析响应'],
    'kind.outcome_unknown.title': ['It is unknown whether the tracker was created', '无法确定追踪器是否已创建'],
    'fact.notCreated': ['No tracker was created.', '未创建追踪器。'],
  };
  for (const [key, expected] of Object.entries(words)) assert.deepEqual([en[key], zhCN[key]], expected, key);
});

test('Chinese texts have no space between Chinese and Latin characters', () => {
  const texts = Object.values(zhCN).map((text) => (typeof text === 'function' ? text(2) : text));
  const notices = [...html.matchAll(/<span lang="zh-CN">([^<]+)</g)].map(([, text]) => text);
  assert.equal(notices.length, 4);
  assert.deepEqual(
    [...texts, ...notices].filter((text) => /\p{sc=Han} [\w{]|[\w}] \p{sc=Han}/u.test(text)),
    [],
  );
});

test('the page has no inline script or style and loads nothing from other hosts', () => {
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  assert.doesNotMatch(html.replace(/xmlns="[^"]*"/g, ''), /https?:/);
  const styles = readdirSync(www, { recursive: true }).filter((name) => name.endsWith('.css'));
  for (const name of styles) assert.doesNotMatch(readSource(name), /@import "(?!\.\/)|url\(|https?:/, name);
  assert.doesNotMatch(sources, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
});

// The controls of index.html that belong to a request.
const control = (name, type, more = {}) => ({
  name,
  type,
  value: type === 'checkbox' ? 'on' : '',
  checked: false,
  defaultChecked: false,
  dataset: {},
  ...more,
});
const createControls = () => [
  control('tracker_type', 'radio', { value: 'system', checked: true, defaultChecked: true }),
  control('tracker_type', 'radio', { value: 'data' }),
  control('tracker_name', 'text'),
  control('agency_name', 'checkbox', { value: 'cts_admin_trust' }),
  control('management_event_selector.exclude_service', 'checkbox', { value: 'KMS', dataset: { list: 'optional' } }),
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

test('an example that is loaded into the form is read unchanged', () => {
  for (const [type, example] of Object.entries(examples)) {
    const controls = createControls();
    fillControls(controls, example);
    const applies = (name) => (type === 'system' ? !name.startsWith('data_bucket') : name !== 'kms_id');
    assert.deepEqual(readDraft(controls, applies), example, type);
  }
});

test('form values are as HTML has them, a draft is as the service expects it', () => {
  const controls = createControls();
  fillControls(controls, { ...examples.data, tracker_name: 'on' });
  const values = readFormValues(controls);
  assert.equal(values.tracker_name, 'on');
  assert.equal(values.is_lts_enabled, 'on');
  assert.equal(values.obs_info.bucket_lifecycle, '30');
  assert.equal(values.kms_id, '');
  const draft = readDraft(controls);
  assert.equal(draft.tracker_name, 'on', 'a text is never taken for a checked checkbox');
  assert.equal(draft.is_lts_enabled, true);
  assert.equal(draft.obs_info.bucket_lifecycle, 30);
  assert.equal('kms_id' in draft, false);
  fillControls(controls, { tracker_type: 'data' });
  assert.deepEqual(readDraft(controls).data_bucket, { data_event: [] });
});

test('the fields of a draft are sorted by a list of paths', () => {
  assert.deepEqual(Object.keys(sortFields({ b: 1, a: { y: 1, x: [2] } }, ['a', 'a.x', 'a.y', 'b', 'c'])), ['a', 'b']);
  const sorted = sortFields({ a: { y: 1, x: [2] } }, ['a', 'a.x', 'a.y']);
  assert.deepEqual(sorted, { a: { x: [2], y: 1 } });
  assert.deepEqual(Object.keys(sorted.a), ['x', 'y']);
});

test('the field of an issue is the field itself, its nearest parent, or its first child', () => {
  const fields = ['tracker_type', 'data_bucket.data_bucket_name', 'data_bucket.data_event'];
  assert.equal(findField(['tracker_type'], fields), 'tracker_type');
  assert.equal(findField(['data_bucket', 'data_event', 1], fields), 'data_bucket.data_event');
  assert.equal(findField('data_bucket.data_event.1', fields), 'data_bucket.data_event');
  assert.equal(findField(['data_bucket'], fields), 'data_bucket.data_bucket_name');
  assert.equal(findField([], fields), undefined);
  assert.equal(findField(['elsewhere'], fields), undefined);
});
