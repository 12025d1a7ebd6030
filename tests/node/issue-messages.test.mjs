// The messages of issues, and how a host changes them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { en, formatIssue, formatServiceCode, validateBucketName, validateCreateTracker, zhCN } from 'cts-tracker';
import { internal } from '../support/internal.mjs';
import { CODES, issue, LOCALES, SUBJECTS } from './support/messages.mjs';

const { compiledTexts, formatIssue: internalFormatIssue } = await internal('messages/format-issue.ts');

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
    '压缩类型只能为小写的gzip或json。您要填写的是否为“gzip”？',
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

test('a message follows the params, the path and the locale, whatever was validated before', () => {
  const names = [
    'aB',
    'ab',
    'aB',
    'a B',
    'ab C',
    'x',
    'yz',
    '-a',
    '.a',
    'a'.repeat(64),
    'a'.repeat(99),
    'é1',
    'ab',
    '',
  ];
  const bodies = names.flatMap((name, i) => [
    { tracker_type: 'data', tracker_name: name, data_bucket: { data_bucket_name: name, data_event: ['READ', 'READ'] } },
    { tracker_type: 'system', obs_info: { bucket_name: name, bucket_lifecycle: 30 + i }, [name]: i },
    { tracker_type: 'system', is_lts_enabled: name, kms_id: i, agency_name: name, obs_info: i },
  ]);
  const own = { ...en, messages: { ...en.messages, invalid_character: 'No {character} at {index}.' } };
  let messages = 0;
  for (let round = 0; round < 7; round++) {
    for (const [index, body] of bodies.entries()) {
      const locale = [en, zhCN, own][(index * (round + 1)) % 3];
      const { issues = [], warnings } = validateCreateTracker(body, { locale });
      for (const issue of [...issues, ...warnings]) {
        assert.equal(issue.message, formatIssue(issue, locale));
        messages += 1;
      }
    }
  }
  assert.ok(messages > 1000, String(messages));
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
