// The code that the console shows for a request, run or parsed by the tool it is written for.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { cache } from '../../tools/common.mjs';
import { importConsole } from '../console/import-console.mjs';
import { pythonEnv, venv } from './vendor.mjs';

const { tools } = await importConsole('code/tools.ts');
const generate = (id, input) => tools.find((tool) => tool.id === id).generate(input);

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const SYSTEM = {
  tracker_type: 'system',
  tracker_name: 'system',
  agency_name: 'cts_admin_trust',
  is_lts_enabled: true,
  is_organization_tracker: false,
  management_event_selector: { exclude_service: ['KMS'] },
  obs_info: { is_obs_created: false, bucket_name: 'test-data-tracker', file_prefix_name: '11', compress_type: 'json' },
  is_support_trace_files_encryption: true,
  kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
  is_support_validate: true,
};
const DATA = {
  tracker_type: 'data',
  tracker_name: 'data-tracker-name',
  obs_info: { is_obs_created: true, bucket_name: 'new-bucket', bucket_lifecycle: 30, is_sort_by_service: false },
  is_lts_enabled: false,
  data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
};
/** Text that is special in at least one of the languages. */
const AWKWARD = `a'b"c\`d\\e$HOME \${x} %{y} !z #{w}\n\t\b\f\u2028桶😀$(touch /tmp/x)`;
const TYPED = { tracker_type: 'data', tracker_name: AWKWARD, kms_id: '', data_bucket: { data_event: [AWKWARD] } };

let work;
let emulator;
let emulatorUrl;
let proxyUrl;
const servers = [];

async function listen(handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}

before(async () => {
  await mkdir(join(cache, 'interop'), { recursive: true });
  // Below the repository, so that a program finds the package.
  work = await mkdtemp(join(cache, 'interop', 'code-'));
  emulator = createEmulator();
  emulatorUrl = await listen(toNodeHandler(emulator));
  const proxy = createSigningProxy({ endpoint: emulatorUrl, credentials: sampleCredentials });
  proxyUrl = `${await listen(toNodeHandler(proxy))}/`;
});
after(async () => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await rm(work, { recursive: true, force: true });
});

const inputOf = (draft) => ({ draft, projectId: PROJECT, region: 'cn-north-1', proxyUrl });

async function run(program, args, env = process.env) {
  const child = spawn(program, args, { cwd: work, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name].on('data', (part) => {
      output[name] += part;
    });
  const [code] = await once(child, 'close');
  return { code, ...output };
}

/** Writes the code to its file, runs it, and returns the body that the emulator received. */
async function created(id, draft, program, env) {
  emulator.reset();
  const { fileName } = tools.find((tool) => tool.id === id);
  await writeFile(join(work, fileName), generate(id, inputOf(draft)).code);
  const { code, stdout, stderr } = await run(program, [fileName], env);
  assert.equal(code, 0, `${stdout}\n${stderr}`);
  const { trackers } = emulator.state();
  assert.equal(trackers.length, 1, `${stdout}\n${stderr}`);
  assert.match(stdout, new RegExp(trackers[0].id));
  return trackers[0];
}

/** Fields of the created tracker that show that all of the request arrived. */
function checkTracker(tracker, draft) {
  assert.equal(tracker.tracker_name, draft.tracker_name);
  assert.equal(tracker.obs_info.bucket_name, draft.obs_info.bucket_name);
  assert.equal(tracker.lts.is_lts_enabled, draft.is_lts_enabled);
  for (const field of ['kms_id', 'agency_name', 'is_support_validate'])
    if (draft[field] !== undefined) assert.equal(tracker[field], draft[field], field);
  if (draft.data_bucket) assert.deepEqual(tracker.data_bucket.data_event, draft.data_bucket.data_event);
}

describe('creates the tracker', { concurrency: false }, () => {
  for (const [name, draft] of Object.entries({ management: SYSTEM, data: DATA })) {
    test(`curl: ${name}`, async () => checkTracker(await created('curl', draft, 'sh'), draft));
    test(`Node: ${name}`, async () => checkTracker(await created('node', draft, process.execPath), draft));
    test(`Python: ${name}`, async () => {
      const env = {
        ...(await pythonEnv()),
        HUAWEICLOUD_SDK_AK: sampleCredentials.accessKeyId,
        HUAWEICLOUD_SDK_SK: sampleCredentials.secretAccessKey,
        HUAWEICLOUD_SDK_REGION_CTS_CN_NORTH_1: emulatorUrl,
      };
      const program = join(await venv('requirements.txt'), 'bin', 'python');
      checkTracker(await created('python', draft, program, env), draft);
    });
  }
});

describe('passes any text on unchanged', { concurrency: false }, () => {
  test('curl: the body that is sent', async () => {
    let body = '';
    const url = await listen(async (request, response) => {
      for await (const part of request) body += part;
      response.end('{}');
    });
    await writeFile(join(work, 'awkward.sh'), generate('curl', { ...inputOf(TYPED), proxyUrl: `${url}/` }).code);
    assert.equal((await run('sh', ['awkward.sh'])).code, 0);
    assert.deepEqual(JSON.parse(body), TYPED);
  });

  test('KooCLI: the parameters that the shell passes', async () => {
    const program = join(work, 'hcloud');
    await writeFile(program, '#!/bin/sh\nfor word in "$@"; do printf "%s\\0" "$word"; done\n');
    await chmod(program, 0o755);
    for (const draft of [SYSTEM, DATA, TYPED, { ...DATA, data_bucket: { data_event: [] } }]) {
      await writeFile(join(work, 'koocli.sh'), generate('koocli', inputOf(draft)).code);
      const { stdout } = await run('sh', ['koocli.sh'], { ...process.env, PATH: `${work}:${process.env.PATH}` });
      const [service, operation, ...words] = stdout.split('\0').slice(0, -1);
      assert.deepEqual([service, operation], ['CTS', 'CreateTracker']);
      assert.deepEqual(readParameters(words), {
        ...stringsOf(draft),
        'cli-region': 'cn-north-1',
        project_id: PROJECT,
        dryrun: '',
      });
    }
  });

  test('Node: the value that is passed', async () => {
    const { code } = generate('node', inputOf(TYPED));
    const stub =
      'const createCtsClient = () => ({ createTracker: async (body) => ({ id: JSON.stringify(body) }) }), isCtsError = () => false;';
    await writeFile(join(work, 'stubbed.mjs'), code.replace(/^import .*$/m, stub));
    const { stdout, stderr } = await run(process.execPath, ['stubbed.mjs']);
    assert.deepEqual(JSON.parse(stdout), TYPED, stderr);
  });

  test('Python: the value that the SDK has', async () => {
    const { code } = generate('python', inputOf(TYPED));
    const print =
      'import json\nfrom huaweicloudsdkcore.utils.http_utils import sanitize_for_serialization\nprint(json.dumps(sanitize_for_serialization(request.body)))\n';
    await writeFile(join(work, 'stubbed.py'), code.replace(/^print\(client.*\n/m, print));
    const env = { ...(await pythonEnv()), HUAWEICLOUD_SDK_AK: 'a', HUAWEICLOUD_SDK_SK: 'b' };
    const program = join(await venv('requirements.txt'), 'bin', 'python');
    const { stdout, stderr } = await run(program, ['stubbed.py'], env);
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), TYPED, stderr);
  });
});

/** Parameters of KooCLI as an object; indexes of lists start at 1. */
const readParameters = (words) =>
  Object.fromEntries(
    words.map((word) => {
      const [, name, , value = ''] = /^--([\w.-]+)(=([^]*))?$/.exec(word) ?? assert.fail(word);
      return [name, value];
    }),
  );

function stringsOf(value, path = '') {
  if (Array.isArray(value) && value.length === 0) return { [path]: '[]' };
  if (Object(value) !== value) return { [path]: String(value) };
  const entries = Object.entries(value).map(([key, inner]) => [Array.isArray(value) ? Number(key) + 1 : key, inner]);
  return Object.assign({}, ...entries.map(([key, inner]) => stringsOf(inner, path === '' ? key : `${path}.${key}`)));
}

describe('is accepted by a parser', () => {
  test('Go: gofmt changes nothing, and the body is the request', async () => {
    const { default: init, format } = await import('@wasm-fmt/gofmt');
    await init?.();
    for (const draft of [SYSTEM, DATA, TYPED]) {
      const { code } = generate('go', inputOf(draft));
      assert.equal(format(code), code);
      assert.deepEqual(JSON.parse(/const body = `([^`]*)`/.exec(code)[1]), draft);
    }
    assert.throws(() => format('package main\nfunc {'));
  });

  test('Terraform: the arguments', async () => {
    const { parse } = await import('@cdktf/hcl2json');
    const resourceOf = async (draft) => {
      const { resource } = await parse('main.tf', generate('terraform', inputOf(draft)).code);
      const [[type, { tracker }]] = Object.entries(resource);
      return { type, ...tracker[0] };
    };
    assert.deepEqual(await resourceOf(SYSTEM), {
      type: 'huaweicloud_cts_tracker',
      region: 'cn-north-1',
      bucket_name: 'test-data-tracker',
      file_prefix: '11',
      compress_type: 'json',
      lts_enabled: true,
      validate_file: true,
      kms_id: SYSTEM.kms_id,
      organization_enabled: false,
      exclude_service: ['KMS'],
    });
    assert.deepEqual(await resourceOf(DATA), {
      type: 'huaweicloud_cts_data_tracker',
      region: 'cn-north-1',
      name: 'data-tracker-name',
      data_bucket: 'cstest0423',
      data_operation: ['READ', 'WRITE'],
      bucket_name: 'new-bucket',
      obs_retention_period: 30,
      is_sort_by_service: false,
      lts_enabled: false,
    });
    // The parser keeps `$${`, which Terraform reads as `${`.
    const { name } = await resourceOf(TYPED);
    assert.equal(name.replaceAll('$${', '${').replaceAll('%%{', '%{'), AWKWARD);
  });

  test('IAM: a policy with the actions of what the request uses', () => {
    const actionsOf = (draft) => JSON.parse(generate('iam', inputOf(draft)).code).Statement[0].Action;
    assert.ok(actionsOf(SYSTEM).includes('kms:cmk:list') && actionsOf(SYSTEM).includes('lts:topics:create'));
    assert.ok(actionsOf(DATA).includes('obs:bucket:CreateBucket') && !actionsOf(DATA).includes('lts:topics:list'));
    assert.deepEqual(actionsOf({ tracker_type: 'system' }), [
      'cts:tracker:create',
      'cts:tracker:list',
      'obs:bucket:ListAllMyBuckets',
    ]);
    for (const action of actionsOf(SYSTEM)) assert.match(action, /^[a-z]+:[a-z]+:\w+$/i);
  });
});

describe('differences from the request', () => {
  const losses = (id, draft) => generate(id, inputOf(draft)).losses.map((key) => key.replace(/^code\.\w+\./, ''));

  test('Terraform', () => {
    assert.deepEqual(losses('terraform', SYSTEM), ['adopts', 'project']);
    assert.deepEqual(losses('terraform', DATA), ['agency', 'isObsCreated', 'project']);
    const { kms_id, ...encrypted } = SYSTEM;
    assert.ok(losses('terraform', encrypted).includes('encryption'));
    assert.ok(losses('terraform', { ...SYSTEM, is_support_trace_files_encryption: false }).includes('encryption'));
    assert.ok(losses('terraform', { ...DATA, obs_info: { bucket_lifecycle: 30 } }).includes('needsBucket'));
    assert.ok(losses('terraform', { ...DATA, is_support_validate: true, obs_info: {} }).includes('needsBucket'));
  });

  test('the SDKs, KooCLI and IAM', () => {
    assert.deepEqual(losses('python', SYSTEM), ['older']);
    assert.deepEqual(losses('go', DATA), []);
    assert.deepEqual(losses('koocli', DATA), ['dryRun']);
    assert.deepEqual(losses('curl', SYSTEM), []);
  });
});

test('each difference has a text in both languages', async () => {
  const { en } = await importConsole('texts/en.ts');
  const { zhCN } = await importConsole('texts/zh-CN.ts');
  const drafts = [SYSTEM, DATA, TYPED, {}, { tracker_type: 'system', kms_id: 'a', obs_info: { bucket_lifecycle: 1 } }];
  const keys = new Set(tools.flatMap(({ generate }) => drafts.flatMap((draft) => generate(inputOf(draft)).losses)));
  assert.ok(keys.size >= 8, `${keys.size}`);
  for (const key of keys) assert.ok(en[key] && zhCN[key], key);
});
