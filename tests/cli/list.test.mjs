// cts-tracker list.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  BUCKETS,
  cts,
  file,
  KEYS,
  linesOf,
  listen,
  objectsOf,
  PROJECT,
  ready,
  service,
  start,
  stop,
  tracker,
  trackers,
} from './support.mjs';

const env = KEYS;
const TRANSFER = { bucket_name: 'tracked-9', file_prefix_name: 'a', is_obs_created: false };

/** A service with two data trackers and the management tracker. */
async function withTrackers() {
  const there = await service({ buckets: BUCKETS });
  const path = file([tracker(0), { ...tracker(1), obs_info: TRANSFER }, { tracker_type: 'system' }]);
  assert.equal((await cts(['create', path, ...there.direct], { env })).code, 0);
  return { ...there, remote: ['--endpoint', there.endpoint, '--project-id', PROJECT] };
}

/** A service of other people: every request has this answer. */
const answering = async (status, body) => {
  const url = await listen((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return ['list', '--base-url', url, '--project-id', PROJECT];
};

describe('list', () => {
  test('shows the trackers of the project in aligned columns', async () => {
    const { remote } = await withTrackers();
    const { code, stdout, stderr } = await cts(['list', ...remote], { env });
    assert.deepEqual([code, stderr], [0, 'Trackers: 3\n']);
    const [header, ...rows] = linesOf(stdout);
    assert.match(header, /^NAME +TYPE +STATUS +CREATED +TRANSFER TO +TRACKS +ID$/);
    const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ';
    assert.match(rows[0], new RegExp(`^t0 +data +enabled +${time} +tracked-0 READ,WRITE +[0-9a-f-]{36}$`));
    assert.match(rows[1], / tracked-9\/a +tracked-1 READ,WRITE /);
    assert.match(rows[2], /^system +system +enabled /);
    for (const [word, ofRow] of [
      ['TYPE', / (data|system) /],
      ['STATUS', / enabled /],
      ['CREATED', / \d{4}-/],
      ['TRACKS', / tracked-\d READ/],
    ]) {
      for (const row of rows.filter((text) => ofRow.test(text)))
        assert.equal(ofRow.exec(row).index + 1, header.indexOf(word), `${word}\n${stdout}`);
    }
    const chinese = await cts(['list', ...remote, '--locale', 'zh-CN'], { env });
    assert.match(chinese.stdout, /^名称 +类型 +状态 +创建时间 +转储到 +追踪的桶 +ID\n/);
    assert.equal(chinese.stderr, '共3个追踪器\n');
  });

  test('filters by type and name, and prints JSON', async () => {
    const { remote, requests } = await withTrackers();
    const listed = async (...args) => {
      const { code, stdout } = await cts(['list', ...remote, '--json', ...args], { env });
      assert.equal(code, 0);
      const objects = objectsOf(stdout);
      assert.deepEqual(objects.at(-1), { type: 'summary', command: 'list', trackers: objects.length - 1 });
      return objects.slice(0, -1);
    };
    const all = await listed();
    assert.deepEqual(
      all.map(({ type, tracker_name: name }) => [type, name]),
      [
        ['tracker', 't0'],
        ['tracker', 't1'],
        ['tracker', 'system'],
      ],
    );
    assert.equal(all[1].obs_info.bucket_name, 'tracked-9');
    assert.deepEqual(await listed('--type', 'system'), [all[2]]);
    assert.deepEqual(await listed('--name', 't1', '--type', 'data'), [all[1]]);
    assert.deepEqual(await listed('--name', '追踪器 100%'), []);
    assert.equal(requests('listTrackers').length, 4);
  });

  test('reads keys and project from the environment, and says if there are none', async () => {
    const { endpoint } = await withTrackers();
    const project = { HUAWEICLOUD_SDK_PROJECT_ID: PROJECT };
    const { stderr } = await cts(['list', '--endpoint', endpoint], { env: { ...env, ...project } });
    assert.equal(stderr, 'Trackers: 3\n');
    const noKeys = await cts(['list', '--endpoint', endpoint], { env: project });
    assert.deepEqual([noKeys.code, /Keys not set/.test(noKeys.stderr)], [2, true]);
    const noProject = await cts(['list', '--endpoint', endpoint], { env });
    assert.deepEqual([noProject.code, /--project-id/.test(noProject.stderr)], [2, true]);
  });

  test('through a proxy that allows lookups lists, and through another names the option', async () => {
    const { endpoint } = await withTrackers();
    const open = await ready(['proxy', '--endpoint', endpoint, '--allow-lookup'], { env });
    const closed = await ready(['proxy', '--endpoint', endpoint], { env });
    const through = ({ url }, ...args) => cts(['list', '--base-url', url, '--project-id', PROJECT, ...args]);
    assert.equal(linesOf((await through(open)).stdout).length, 4);
    const refused = await through(closed);
    assert.deepEqual([refused.code, refused.stdout], [3, '']);
    assert.match(
      refused.stderr,
      /^cts-tracker: The proxy does not allow lookups .*--allow-lookup \(allowLookup[^\n]*\n$/,
    );
    assert.match((await through(closed, '--locale', 'zh-CN')).stderr, /代理不允许查询追踪器。.*--allow-lookup/);
    const [object] = objectsOf((await through(closed, '--json')).stdout);
    assert.deepEqual([object.type, object.code], ['error', 'lookup_not_allowed']);
    // The proxy is below another path: both reasons are shown.
    const below = await cts(['list', '--base-url', `${closed.url}/api`, '--project-id', PROJECT]);
    assert.match(below.stderr, /--allow-lookup[^\n]*\n.*the path that arrived is "\/api/);
    for (const { run } of [open, closed]) await stop({ run });
  });

  test("shows the service's own code and sentence, and another 404 is no refusal of lookups", async () => {
    const denied = await cts(await answering(403, { error_code: 'CTS.0013', error_msg: 'No permission, 4711.' }));
    assert.equal(denied.code, 3);
    assert.match(denied.stderr, /CTS\.0013[^\n]*4711/);
    const absent = await cts(await answering(404, { error_code: 'APIGW.0101', error_msg: 'no such API' }));
    assert.match(absent.stderr, /APIGW\.0101/);
    assert.doesNotMatch(absent.stderr, /allow-lookup/);
    const other = await cts(await answering(404, '<h1>404</h1>'));
    assert.match(other.stderr, /allow-lookup/);
  });

  test('leaves out trackers of other projects, and reads what others leave out', async () => {
    const listed = [
      { tracker_name: 'a', project_id: 'other' },
      { tracker_name: 'b', project_id: PROJECT, create_time: 9e15, status: null, data_bucket: null, obs_info: null },
      { tracker_name: 'c', status: 'error', detail: 'noBucket', data_bucket: { data_event: 'READ' }, new_field: [1] },
      { id: 'only' },
      null,
    ];
    const args = await answering(200, { trackers: listed });
    const { code, stdout, stderr } = await cts(args);
    assert.deepEqual([code, stderr], [0, 'Trackers: 3\n']);
    assert.match(stdout, /\nb\nc +error noBucket +READ\n +only\n$/);
    assert.deepEqual(objectsOf((await cts([...args, '--json'])).stdout)[1].new_field, [1]);
  });

  test('escapes control characters of the service', async () => {
    const evil = '\u001b[2J\u202e\nx';
    const all = { tracker_name: evil, tracker_type: evil, status: evil, detail: evil, id: evil, [evil]: evil };
    const buckets = {
      obs_info: { bucket_name: evil, file_prefix_name: evil },
      data_bucket: { data_bucket_name: evil, data_event: [evil] },
    };
    const args = await answering(200, { trackers: [{ ...all, ...buckets }] });
    const { stdout } = await cts(args);
    assert.equal(linesOf(stdout).length, 2);
    for (const character of ['\u001b', '\u202e']) assert.ok(!stdout.includes(character), stdout);
    assert.match(stdout, /\\u001b\[2J\\u202e\\u000ax/);
    assert.equal(objectsOf((await cts([...args, '--json'])).stdout)[0].tracker_name, evil);
  });

  test('ends on Ctrl-C while it waits', async () => {
    let arrived;
    const hung = new Promise((resolve) => {
      arrived = resolve;
    });
    const url = await listen(() => arrived());
    const run = start(['list', '--base-url', url, '--project-id', PROJECT]);
    await hung;
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    assert.deepEqual([code, stdout, stderr], [130, '', '']);
  });

  test('tries again after a temporary failure, and names a wrong clock', async () => {
    const late = await service({ now: () => Date.now() + 20 * 60_000, faults: ['502; nth=2'] });
    const args = ['list', '--endpoint', late.endpoint, '--project-id', PROJECT];
    const { code, stderr } = await cts(args, { env });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^Trackers: 0\nThe clock of this machine is 20 minutes behind/);
  });
});

test('a file is not taken', async () => {
  const { code, stderr } = await cts(['list', file(trackers(1)), '--region', 'cn-north-1']);
  assert.deepEqual([code, /list takes no file/.test(stderr)], [2, true]);
});
