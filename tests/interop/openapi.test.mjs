// Schemathesis checks that the responses of the emulator match our OpenAPI description.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { at, cache } from '../../tools/common.mjs';
import { pythonEnv, venv } from './vendor.mjs';

const EXAMPLES = process.env.SCHEMATHESIS_EXAMPLES ?? '50';
const SEED = process.env.SCHEMATHESIS_SEED ?? '20261122';

const emulator = createEmulator();
const seen = new Set();
let server;
let program;

before(
  async () => {
    const listener = toNodeHandler(emulator);
    server = createServer({ maxHeaderSize: 262144 }, (request, response) => {
      response.on('finish', () => {
        const { operation, status, errorCode } = emulator.state().requests.at(-1);
        seen.add(`${operation} ${errorCode ?? status}`);
        // Resets the state, so that requests do not conflict.
        emulator.reset();
      });
      listener(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    program = join(await venv('schemathesis.txt'), 'bin', 'st');
  },
  { timeout: 300_000 },
);
after(() => {
  server.closeAllConnections();
  server.close();
});

test('schemathesis finds nothing', { timeout: 1_800_000 }, async () => {
  const { stdout } = await promisify(execFile)(
    program,
    [
      '--config-file',
      at('tests', 'interop', 'schemathesis.toml'),
      'run',
      createRequire(import.meta.url).resolve('cts-tracker/openapi.json'),
      '--url',
      `http://127.0.0.1:${server.address().port}`,
      '--checks',
      'all',
      '--mode',
      'all',
      '--seed',
      SEED,
      '--max-examples',
      EXAMPLES,
      '--warnings',
      'off',
    ],
    {
      cwd: join(cache, 'interop'),
      maxBuffer: 1 << 26,
      env: {
        ...(await pythonEnv()),
        PYTHONPATH: at('tests', 'interop'),
        SCHEMATHESIS_HOOKS: 'schemathesis_hooks',
        EMULATOR_AK: sampleCredentials.accessKeyId,
        EMULATOR_SK: sampleCredentials.secretAccessKey,
      },
    },
  ).catch(({ stdout, stderr }) => assert.fail(`${stdout}\n${stderr}`));
  assert.match(stdout, /No issues found/);
  // Proves that its requests were authenticated.
  for (const answer of [
    'createTracker 201',
    'checkObsBuckets 200',
    'createTracker APIGW.0301',
    'createTracker CTS.0003',
    'createTracker CTS.0012',
    'createTracker CTS.0203',
    'createTracker CTS.0231',
    'checkObsBuckets CTS.0221',
    'checkObsBuckets CTS.0002',
    'null APIGW.0101',
  ]) {
    assert.ok(seen.has(answer), `${answer} was never answered; answered were ${[...seen].sort().join(', ')}`);
  }
});
