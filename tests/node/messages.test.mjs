import assert from 'node:assert/strict';
import test from 'node:test';
import { en, errorCodes, formatIssue, formatServiceCode, validateBucketName, zhCN } from 'cts-tracker';
import { internal } from '../support/internal.mjs';

const { compiledTexts, formatIssue: internalFormatIssue } = await internal('messages/format-issue.ts');
const { formatError } = await internal('messages/format-error.ts');
const { serviceCodeKey } = await internal('messages/service-codes.ts');

const LOCALES = [en, zhCN];
const { issueCodes: CODES } = await internal('generated/metadata.ts');

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

// The field names that a rule ID may start with.
const SUBJECTS = new Set(
  (
    'body json keys tracker_type tracker_name is_lts_enabled is_organization_tracker ' +
    'management_event_selector exclude_service obs_info bucket_name file_prefix_name is_obs_created bucket_lifecycle ' +
    'compress_type is_sort_by_service is_support_trace_files_encryption kms_id is_support_validate data_bucket ' +
    'data_event agency_name buckets bucket_location project_id domain_id'
  ).split(' '),
);

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
const issue = (code, rule, params = {}) => ({ code, rule, params, path: [], severity: 'error', message: 'unused' });

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

const RENDERED = [
  [
    issue('invalid_json', 'body.json', { line: 12345, column: 7, offset: 99 }),
    'Invalid JSON at line 12,345, column 7.',
    'JSON格式不正确，请检查第12,345行第7列。',
  ],
  [
    issue('not_object', 'body.type', { actual: 'array' }),
    'The request must be an object, not a list.',
    '请求体必须是对象，当前为列表。',
  ],
  [
    issue('not_object', 'body.type', { actual: 'map' }),
    'The request must be an object, not an object of type map.',
    '请求体必须是对象，当前为map类型的对象。',
  ],
  [
    issue('not_object', 'body.type', { actual: 'promise' }),
    'The request must be an object, not a promise (await it first).',
    '请求体必须是对象，当前为Promise（请先await）。',
  ],
  [issue('required', 'agency_name.required'), 'This field is required.', '该项为必填项。'],
  [
    issue('required', 'kms_id.required'),
    'Encryption of trace files requires a KMS key: enter its ID.',
    '已开启加密事件文件，请输入KMS密钥ID。',
  ],
  [
    issue('invalid_type', 'is_lts_enabled.type', { expected: 'boolean', actual: 'string' }),
    'This must be true or false, not text.',
    '该项必须是布尔值（true或false），当前为文本。',
  ],
  [
    issue('invalid_type', 'bucket_lifecycle.type', { expected: 'integer', actual: 'number' }),
    'The retention period must be a whole number of days, such as 30, not a number with a fraction.',
    '保存周期的天数必须是整数，例如30，当前为非整数的数字。',
  ],
  [
    issue('invalid_type', 'tracker_name.type', { expected: 'string', actual: 'number' }),
    'This must be a string, not a number.',
    '该项必须是字符串，当前为数字。',
  ],
  [
    issue('unknown_key', 'keys.unknown'),
    'The API has no such field, so it is left out of the request.',
    '接口没有该字段，请求中不会包含该字段。',
  ],
  [
    issue('unknown_key', 'keys.unknown', { suggestion: 'agency_name' }),
    'The API has no such field, so it is left out of the request. Did you mean “agency_name”?',
    '接口没有该字段，请求中不会包含该字段。您要填写的是否为“agency_name”？',
  ],
  [
    issue('invalid_enum', 'bucket_lifecycle.values', { allowed: [30, 60, 90, 180, 1095], actual: 45 }),
    'The retention period must be 30, 60, 90, 180 or 1095 days.',
    '保存周期只能为30、60、90、180或1095天。',
  ],
  [
    issue('invalid_enum', 'compress_type.values', { allowed: ['gzip', 'json'], suggestion: 'gzip' }),
    'The compression type must be gzip or json, in lowercase. Did you mean “gzip”?',
    '压缩格式只能为小写的gzip或json。您要填写的是否为“gzip”？',
  ],
  [
    issue('invalid_enum', 'exclude_service.values', { allowed: ['KMS'] }),
    'Only the traces of KMS can be excluded.',
    '只支持排除KMS的事件。',
  ],
  [
    issue('too_short', 'bucket_name.length', { min: 3, actual: 2 }),
    'A bucket name must have at least 3 characters; this one has 2.',
    'OBS桶名称不能少于3个字符，当前为2个。',
  ],
  [
    issue('too_long', 'buckets.length', { max: 1000000, actual: 1000001 }),
    'The list has 1,000,001 buckets; at most 1,000,000 can be validated at once.',
    '列表中有1,000,001个OBS桶，一次最多校验1,000,000个。',
  ],
  [
    issue('invalid_character', 'bucket_name.characters', { character: 'T', index: 4 }),
    'Use only lowercase letters, digits, hyphens (-) and periods (.): character 5 is “T”.',
    '仅支持小写字母、数字、“-”、“.”，第5个字符是“T”。',
  ],
  [
    issue('invalid_start', 'tracker_name.start', { character: '_' }),
    'A tracker name must start with a letter or a digit, not with “_”.',
    '追踪器名称必须以字母或数字开头，不能以“_”开头。',
  ],
  [
    issue('invalid_end', 'bucket_name.end', { character: '.' }),
    'A bucket name must end with a lowercase letter or a digit, not with “.”.',
    'OBS桶名称必须以小写字母或数字结尾，不能以“.”结尾。',
  ],
  [
    issue('adjacent_separators', 'bucket_name.separators', { sequence: '.-', index: 3 }),
    '“.-” at character 4 is not allowed. Put a letter or a digit between the two.',
    '第4个字符处的“.-”不允许出现，请在两个符号之间加上字母或数字。',
  ],
  [
    issue('ip_address', 'bucket_name.ip_address'),
    'A bucket name must not look like an IP address (four numbers separated by periods).',
    'OBS桶名称不能是IP地址的形式，即用“.”连接的四组数字。',
  ],
  [
    issue('reserved_name', 'tracker_name.reserved', { reserved: ['system', 'system-trace'] }),
    'The names system and system-trace are reserved. Choose another name.',
    'system和system-trace是保留名称，请使用其他名称。',
  ],
  [
    issue('must_equal', 'tracker_name.system', { expected: 'system' }),
    'The name of the management tracker must be system.',
    '管理类追踪器的名称只能为system。',
  ],
  [
    issue('must_differ', 'bucket_name.must_differ', { field: 'obs_info.bucket_name' }),
    'The tracked bucket must not be the bucket that traces are transferred to. Choose another bucket.',
    '被追踪的OBS桶不能与转储的OBS桶相同，请选择其他桶。',
  ],
  [
    issue('forbidden', 'data_bucket.forbidden'),
    'A management tracker does not track a bucket. Remove this, or choose a data tracker.',
    '管理类追踪器不追踪OBS桶，请去掉该项，或选择数据类追踪器。',
  ],
  [
    issue('not_applicable', 'kms_id.applies', { trackerType: 'system' }),
    'This applies only to a management tracker. Here it has no effect.',
    '该项仅对管理类追踪器有效，此处不生效。',
  ],
  [
    issue('requires_field', 'compress_type.requires', { field: 'bucket_name' }),
    'This has no effect without the OBS bucket name. Enter it too.',
    '未填写“OBS桶名称”时该项不生效，请一并填写。',
  ],
  [
    issue('empty_list', 'buckets.empty'),
    'There are no buckets to check. Add at least one.',
    '没有要检查的OBS桶，请至少添加一个。',
  ],
  [
    issue('duplicate_item', 'buckets.repeated', { first: 0 }),
    'This repeats bucket 1 of the list.',
    '与列表中的第1个OBS桶重复。',
  ],
  [
    issue('unused', 'kms_id.unused'),
    'The key has no effect because encryption of trace files is off.',
    '未开启加密事件文件，该密钥不生效。',
  ],
  [
    issue('unusual_format', 'bucket_location.format'),
    'This does not look like a region ID, such as cn-north-4.',
    '不像是区域ID，区域ID例如cn-north-4。',
  ],
  [issue('too_many_issues', 'body.limit', { more: 12 }), 'Issues not listed: 12.', '另有12个问题未列出。'],
];

test('the rendered messages', () => {
  for (const [given, english, chinese] of RENDERED) {
    assert.equal(formatIssue(given, en), english);
    assert.equal(formatIssue(given), english);
    assert.equal(formatIssue(given, zhCN), chinese);
  }
  assert.deepEqual(new Set(RENDERED.map(([{ code }]) => code)), new Set(CODES), 'every code is rendered');
});

test('every message is rendered without placeholders', () => {
  const params = {
    line: 1,
    column: 2,
    offset: 3,
    actual: 4,
    expected: 'string',
    suggestion: 's',
    allowed: ['a'],
    min: 1,
    max: 2,
    character: 'x',
    index: 0,
    sequence: '..',
    reserved: ['a', 'b'],
    field: 'kms_id',
    trackerType: 'data',
    first: 0,
    more: 5,
  };
  for (const locale of LOCALES) {
    for (const key of Object.keys(locale.messages)) {
      const [code, subject = 'none'] = key.split(':');
      const message = formatIssue(issue(code, `${subject}.rule`, params), locale);
      assert.doesNotMatch(message, /[{}]|undefined|NaN|null|\[object/, `${locale.code} ${key}`);
    }
  }
});

test('a character is quoted, or described if it is hard to see', () => {
  const named = (character, locale) =>
    formatIssue(issue('invalid_start', 'none.start', { character }), {
      ...locale,
      messages: { ...locale.messages, invalid_start: '{character}' },
    });
  const cases = [
    ['T', '“T”', '“T”'],
    [' ', 'a space', '空格'],
    ['\t', 'a tab', '制表符'],
    ['\n', 'a line break', '换行符'],
    ['\r', 'a line break', '换行符'],
    ['\0', 'a control character (U+0000)', '控制字符（U+0000）'],
    ['\x7f', 'a control character (U+007F)', '控制字符（U+007F）'],
    ['\x85', 'a control character (U+0085)', '控制字符（U+0085）'],
    ['\u00a0', 'a no-break space (U+00A0)', '不换行空格（U+00A0）'],
    ['\u3000', 'a full-width space (U+3000)', '全角空格（U+3000）'],
    ['\u2003', 'an unusual space (U+2003)', '特殊空格（U+2003）'],
    ['\ufeff', 'an invisible byte order mark (U+FEFF)', '不可见的字节顺序标记（U+FEFF）'],
    ['\u200b', 'an invisible character (U+200B)', '不可见字符（U+200B）'],
    ['\u202e', 'an invisible character (U+202E)', '不可见字符（U+202E）'],
    ['\u2028', 'an invisible character (U+2028)', '不可见字符（U+2028）'],
    ['\u00ad', 'an invisible character (U+00AD)', '不可见字符（U+00AD）'],
    ['\u3164', 'an invisible character (U+3164)', '不可见字符（U+3164）'],
    ['\ufe0f', 'an invisible character (U+FE0F)', '不可见字符（U+FE0F）'],
    ['\u{e0041}', 'an invisible character (U+E0041)', '不可见字符（U+E0041）'],
    ['\u0301', 'a combining mark (U+0301)', '组合字符（U+0301）'],
    ['\ufffd', 'an invalid character (U+FFFD)', '无效字符（U+FFFD）'],
    ['\ud800', 'an invalid character (U+D800)', '无效字符（U+D800）'],
    ['\ue000', 'an unknown character (U+E000)', '未知字符（U+E000）'],
    ['\uff0d', 'the full-width character “－”', '全角字符“－”'],
    ['\u2013', '“–” (U+2013)', '“–”（U+2013）'],
    ['\u0430', '“а” (U+0430)', '“а”（U+0430）'],
    ['é', '“é” (U+00E9)', '“é”（U+00E9）'],
    ['桶', '“桶”', '“桶”'],
    ['、', '“、”', '“、”'],
    ['ア', '“ア”', '“ア”'],
    ['😀', '“😀”', '“😀”'],
    ['$', '“$”', '“$”'],
    ['"', '“"”', '“"”'],
  ];
  for (const [character, english, chinese] of cases) {
    assert.equal(named(character, en), english);
    assert.equal(named(character, zhCN), chinese);
  }
});

test('no message contains an input value', () => {
  const secret = 'S3cr3tValueThatWasTypedIntoTheWrongField';
  for (const locale of LOCALES) {
    for (const code of CODES) {
      for (const subject of ['none', ...SUBJECTS]) {
        const given = {
          ...issue(code, `${subject}.rule`, {
            line: 1,
            column: 1,
            offset: 1,
            min: 1,
            max: 1,
            index: 1,
            more: 1,
            first: 1,
            actual: 987654,
            character: secret,
            expected: 'text',
            allowed: ['a', 'b'],
            reserved: ['a', 'b'],
            sequence: '..',
            field: 'kms_id',
            trackerType: 'data',
          }),
          path: [secret],
          value: secret,
        };
        const message = formatIssue(given, locale);
        // A message may contain a count of characters, but not a number of the input.
        assert.ok(
          !message.includes(secret) && (code !== 'invalid_enum' || !/987/.test(message)),
          `${locale.code} ${message}`,
        );
        assert.ok(message.length < 200, message);
      }
    }
    const kind = formatIssue(issue('not_object', 'body.type', { actual: 'k'.repeat(1e6) }), locale);
    assert.ok(kind.length < 150, 'the name of a kind of object is cut');
  }
});

test('a host changes messages by spreading a locale', () => {
  const short = issue('too_short', 'bucket_name.length', { min: 3, actual: 1 });
  const long = issue('too_long', 'bucket_name.length', { max: 63, actual: 64 });
  const changed = (locale, messages) => ({ ...locale, messages: { ...locale.messages, ...messages } });
  const mine = changed(en, { 'too_short:bucket_name': 'Too short by far ({actual} < {min}).' });
  assert.equal(formatIssue(short, mine), 'Too short by far (1 < 3).');
  assert.equal(formatIssue(long, mine), formatIssue(long, en));
  assert.equal(formatIssue(long, changed(zhCN, { too_short: 'x' })), formatIssue(long, zhCN));
  assert.equal(validateBucketName('a', { locale: mine }).issues[0].message, 'Too short by far (1 < 3).');
  const spoken = { ...en, characters: { ...en.characters, space: 'SPACE' } };
  assert.match(
    formatIssue(issue('invalid_start', 'bucket_name.start', { character: ' ' }), spoken),
    /not with SPACE\.$/,
  );
  assert.match(
    formatIssue(issue('invalid_start', 'bucket_name.start', { character: '\t' }), spoken),
    /not with a tab\.$/,
  );
  // A placeholder that is not a param, and a brace that is not closed.
  assert.equal(
    formatIssue(short, changed(en, { 'too_short:bucket_name': 'Mindestens {min}, {nope}, {a' })),
    'Mindestens 3, {nope}, {a',
  );
  const bare = Object.assign(Object.create(null), en, { messages: { __proto__: null, 'too_short:bucket_name': 'ok' } });
  assert.equal(formatIssue(short, bare), 'ok');
});

test('a message is read and compiled once', () => {
  let reads = 0;
  const messages = {
    ...en.messages,
    get ip_address() {
      reads++;
      return 'no';
    },
  };
  const mine = { ...en, messages };
  for (let i = 0; i < 100; i++) assert.equal(formatIssue(issue('ip_address', 'bucket_name.ip_address'), mine), 'no');
  assert.equal(reads, 1);
  for (let i = 0; i < 1000; i++) internalFormatIssue(issue('required', `host${i}.rule`), en);
  assert.equal(compiledTexts(en).messages.size, 1, 'messages of custom codes are not cached');
});

test('an issue whose code has no message keeps its own', () => {
  assert.equal(formatIssue({ ...issue('from_a_later_version', 'x.y'), message: 'unchanged' }, en), 'unchanged');
  assert.equal(formatIssue({ ...issue('constructor', 'x.y'), message: 'unchanged' }, en), 'unchanged');
  assert.equal(formatIssue({ ...issue('phrases', 'x.y'), message: 'unchanged' }, en), 'unchanged');
});

test('an invalid locale is a TypeError that names the locales', () => {
  const invalid = ['fr', 'en', '', '__proto__', 7, null, true, {}, [], { code: 'en' }, { ...en, messages: 'x' }];
  for (const locale of invalid) {
    const expected = { name: 'TypeError', message: /^locale must be a locale object: `en` .* or `zhCN`/ };
    assert.throws(() => formatIssue(issue('required', 'kms_id.required'), locale), expected);
    assert.throws(() => validateBucketName('abc', { locale }), expected);
    assert.throws(() => formatServiceCode('CTS.0201', locale), expected);
  }
});

test('formatServiceCode explains the codes of the service', () => {
  for (const locale of LOCALES)
    for (const code of Object.keys(errorCodes))
      assert.equal(formatServiceCode(code, locale), locale.serviceCodes[code]);
  assert.equal(formatServiceCode('CTS.0201'), en.serviceCodes['CTS.0201']);
  assert.equal(formatServiceCode('apig.0301', zhCN), zhCN.serviceCodes['APIGW.0301']);
  for (const code of ['CTS.9999', '', '__proto__', 'toString']) assert.equal(formatServiceCode(code), undefined);
});

test('a code that may be about several fields names each', () => {
  const transfer = 'obs_info.bucket_name';
  const tracked = 'data_bucket.data_bucket_name';
  for (const [code, fields] of [
    ['CTS.0209', ['data_bucket.data_event', tracked]],
    ['CTS.0211', [transfer, tracked]],
    ['CTS.0213', [tracked, transfer]],
    ['CTS.0231', [transfer, tracked]],
  ])
    assert.deepEqual(errorCodes[code].fields, fields);
});

test('the message of a failed call has its kind and the meaning of the service code', () => {
  assert.equal(formatError('timeout'), 'There was no response in time.');
  assert.equal(formatError('timeout', undefined, zhCN), '在规定的时间内没有收到响应。');
  assert.match(
    formatError('conflict', { errorCode: 'cts.0201' }),
    /^Such a resource already exists\. CTS\.0201: The management/,
  );
  assert.match(formatError('auth', { errorCode: 'APIG.0301', status: 401 }, zhCN), /^身份认证失败.*APIGW\.0301：签名/);
  assert.equal(formatError('rejected', { errorCode: 'CTS.9999' }), 'The service rejected the request. (CTS.9999)');
  // The kind's own advice is stricter than "try again later".
  assert.equal(
    formatError('unavailable', { errorCode: 'APIGW.0613', status: 503 }),
    'The service is unavailable. Do not send this request again unchanged. (APIGW.0613)',
  );
  const unknown =
    'The request may have been sent; the result is unknown. Check whether the tracker exists before you try again.';
  assert.equal(
    formatError('outcome_unknown', { errorCode: 'CTS.0004', status: 500, mayAlreadyExist: true }),
    `${unknown} (CTS.0004)`,
  );
  // Once there was a response, the proxy is not the likely cause.
  assert.equal(
    formatError('outcome_unknown', { mayAlreadyExist: true }),
    `${unknown} If every request fails like this, check that the proxy runs at the base URL and allows this page.`,
  );
  for (const kind of ['bad_response', 'aborted', 'conflict']) {
    assert.doesNotMatch(formatError(kind), /may have been created/);
    assert.match(
      formatError(kind, { mayAlreadyExist: true }),
      /\. The tracker may have been created by .*\. Check whether it exists/,
    );
    assert.match(formatError(kind, { mayAlreadyExist: true }, zhCN), /。追踪器可能已由本次或之前的调用创建/);
  }
  assert.match(formatError('auth', { sent: 'no' }), /^The headers of the request could not be obtained/);
  assert.equal(formatError('rejected', { errorCode: '$&{advice}' }), 'The service rejected the request. ($&{advice})');
  assert.equal(formatError('rejected', { errorCode: 'CTS.9999' }, zhCN), '服务拒绝了该请求。（CTS.9999）');
  assert.equal(
    formatError(
      'rejected',
      { errorCode: 'CTS.9999' },
      { ...en, errorKinds: { rejected: 'No.' }, errorPhrases: { unknownCode: ' [{code}]' } },
    ),
    'No. [CTS.9999]',
  );
  assert.equal(
    formatError('rejected', { errorCode: 'CTS.0201' }, { ...en, serviceCodes: { 'CTS.0201': 'Again.' } }),
    'The service rejected the request. CTS.0201: Again.',
  );
  assert.equal(serviceCodeKey('apig.0308'), 'APIGW.0308');
  assert.equal(serviceCodeKey('obs.NoSuchBucket'), 'OBS.NoSuchBucket');
  assert.equal(serviceCodeKey('403'), '403');
});
