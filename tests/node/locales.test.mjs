// The texts of the locales: complete, equal in their placeholders, and sentences of their language.
import assert from 'node:assert/strict';
import test from 'node:test';
import { en, errorCodes, zhCN } from 'cts-tracker';
import { CODES, LOCALES, SUBJECTS } from './support/messages.mjs';

// The params of each code. `?` marks a param that may be absent.
const PARAMS = {
  invalid_json: 'line column offset',
  not_object: 'actual',
  required: '',
  invalid_type: 'expected actual',
  unknown_key: 'suggestion?',
  invalid_enum: 'allowed suggestion? actual?',
  too_short: 'min actual',
  too_long: 'max actual',
  invalid_character: 'character index',
  invalid_start: 'character',
  invalid_end: 'character',
  adjacent_separators: 'sequence index',
  ip_address: '',
  reserved_name: 'reserved',
  must_equal: 'expected',
  must_differ: 'field',
  forbidden: '',
  not_applicable: 'trackerType',
  requires_field: 'field',
  empty_list: '',
  duplicate_item: 'first',
  unused: '',
  unusual_format: '',
  too_many_issues: 'more',
};

const SECTIONS = [
  'phrases',
  'characters',
  'expectedTypes',
  'actualTypes',
  'trackerTypes',
  'fields',
  'errorKinds',
  'errorPhrases',
  'serviceCodes',
];
const ERROR_KINDS = [
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

const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('a locale is a frozen object of frozen sections', () => {
  for (const locale of LOCALES) {
    assert.deepEqual(Object.keys(locale), ['code', 'messages', ...SECTIONS]);
    assert.ok(Object.isFrozen(locale));
    for (const section of ['messages', ...SECTIONS]) assert.ok(Object.isFrozen(locale[section]), section);
  }
  assert.deepEqual([en.code, zhCN.code], ['en', 'zh-CN']);
});

const fileOf = (locale) => `pkg-template/src/messages/${locale.code}.ts`;

test('every code has a message in every locale', () => {
  assert.equal(CODES.length, 24);
  assert.deepEqual(Object.keys(PARAMS), CODES, 'PARAMS in this test lists the codes of src/issue/, in their order');
  for (const locale of LOCALES) {
    const missing = CODES.filter((code) => typeof locale.messages[code] !== 'string');
    const fix = missing.map((code) => `  ${code}: '… ${PARAMS[code].replace(/(\w+)\??/g, '{$1}')} …',`).join('\n');
    assert.deepEqual(missing, [], `add to ${fileOf(locale)}:\n${fix}\n`);
  }
});

test('every message belongs to a code and a field that exist', () => {
  for (const locale of LOCALES) {
    for (const key of Object.keys(locale.messages)) {
      const [code, subject] = key.split(':');
      assert.ok(CODES.includes(code), `${fileOf(locale)}: '${key}': no such code: remove it`);
      assert.ok(
        subject === undefined || SUBJECTS.has(subject) || subject in locale.fields,
        `${fileOf(locale)}: '${key}': no rule id starts so, and it is not a path: remove it`,
      );
    }
  }
});

test('a message has the same placeholders in every locale, all of them params of its code', () => {
  for (const [key, text] of Object.entries(en.messages)) {
    const names = placeholders(text);
    const known = PARAMS[key.split(':')[0]].replaceAll('?', '').split(' ');
    for (const name of names)
      assert.ok(known.includes(name), `${fileOf(en)}: '${key}' has {${name}}, which is not a param`);
    assert.ok(zhCN.messages[key] !== undefined, `add to ${fileOf(zhCN)}: '${key}': '${text}'`);
    assert.deepEqual(placeholders(zhCN.messages[key]), names, `${fileOf(zhCN)}: '${key}' needs ${names.join(', ')}`);
  }
});

test('the sections have the same keys and placeholders in every locale', () => {
  for (const section of ['messages', ...SECTIONS]) {
    assert.deepEqual(Object.keys(zhCN[section]), Object.keys(en[section]), `${section} of ${fileOf(zhCN)}`);
    for (const [key, text] of Object.entries(en[section]))
      assert.deepEqual(placeholders(zhCN[section][key]), placeholders(text), key);
  }
  assert.deepEqual(Object.keys(en.errorKinds), ERROR_KINDS);
  assert.deepEqual(Object.keys(en.serviceCodes).sort(), Object.keys(errorCodes).sort());
});

test('messages are sentences in the language of the locale', () => {
  for (const section of ['messages', 'errorKinds', 'serviceCodes']) {
    for (const locale of LOCALES) {
      for (const [key, text] of Object.entries(locale[section])) {
        const where = `${fileOf(locale)}: '${key}': ${text}`;
        assert.match(text, locale === en ? /^[A-Z{].*\.$/su : /。$/u, where);
        assert.doesNotMatch(text, /["'`]|\s{2}|\s$|^\s/, where);
        // Full-width punctuation in Chinese, none in English.
        if (locale === en) assert.doesNotMatch(text, /[，。：（）、；]/u, where);
        else assert.doesNotMatch(text, /[\p{sc=Han}] ?[,:;()?!]|[,:;()?!] ?\p{sc=Han}| /u, where);
      }
    }
  }
});

test("the Chinese terms are those of the vendor's console", () => {
  const { fields, trackerTypes } = zhCN;
  assert.deepEqual(trackerTypes, { system: '管理类追踪器', data: '数据类追踪器' });
  assert.equal(fields.tracker_name, '追踪器名称');
  assert.equal(fields.obs_info, '转储到OBS');
  assert.equal(fields.is_lts_enabled, '转储到LTS');
  assert.equal(fields['obs_info.is_obs_created'], '新建OBS桶');
  assert.equal(fields['obs_info.file_prefix_name'], '文件前缀');
  assert.equal(fields.is_support_validate, '文件校验');
  assert.equal(fields.is_support_trace_files_encryption, '加密事件文件');
  assert.equal(fields['obs_info.bucket_lifecycle'], '保存周期');
  assert.equal(fields.bucket_name, 'OBS桶名称');
});
