// npm test: everything, in sequence, after installing what is missing. A check that cannot run is a failure.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage } from './build.mjs';
import { chromedriver, ensureChromium } from './chromium.mjs';
import { at, Failure, installNpm, main, onSignal, run, seconds } from './common.mjs';
import { ensureBindgen, ensureRust, WASM_TARGET } from './rust.mjs';

const cargo = (...args) => run('cargo', args, { env: { CARGO_TARGET_DIR: at('target') } });
const warningsAreErrors = ['--', '-D', 'warnings'];

/** Compiled for wasm, run in Node or, with `env`, in a browser. */
async function wasmTests(env = {}) {
  const files = (await readdir(at('tests'))).filter((file) => /^wasm.*\.rs$/.test(file));
  if (!files.length) throw new Failure('there is no tests/wasm*.rs');
  const runner = join(await ensureBindgen(), 'bindgen-test-runner');
  await run(
    'cargo',
    ['test', '--locked', '--target', WASM_TARGET, ...files.flatMap((file) => ['--test', file.slice(0, -3)])],
    {
      env: { CARGO_TARGET_DIR: at('target'), CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: runner, ...env },
      timeoutMs: 600_000,
    },
  );
}

/** The *.test.mjs of a folder; those of its packages, and of what its tests leave in hidden folders, are not ours. */
async function testFiles(folder) {
  const all = await readdir(at('tests', folder), { recursive: true });
  return all.filter((file) => file.endsWith('.test.mjs') && !/(^|\/)(node_modules|\.[^/]+)\//.test(file)).sort();
}

/** Runs them by Node's own runner. A folder with packages of its own has a lock file of its own. */
async function javascriptTests(folder) {
  const files = await testFiles(folder);
  if (existsSync(at('tests', folder, 'package-lock.json')))
    await installNpm(at('tests', folder), `the packages of tests/${folder}`);
  // One file at a time: servers and browsers of two files would compete for two cores, and time out.
  const args = [
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=1',
    '--test-timeout=300000',
    ...files.map((file) => at('tests', folder, file)),
  ];
  await run(process.execPath, args, { what: `node --test tests/${folder}`, timeoutMs: 1_200_000 });
}

async function stages() {
  const folders = [];
  for (const entry of await readdir(at('tests'), { withFileTypes: true })) {
    if (entry.isDirectory() && (await testFiles(entry.name)).length) folders.push(entry.name);
  }
  // What breaks most is first; what needs the built package and a browser is last.
  const last = ['browser', 'packaging', 'console'];
  folders.sort((a, b) => last.indexOf(a) - last.indexOf(b) || (a < b ? -1 : 1));
  return [
    ['format', 'Formatting', () => cargo('fmt', '--all', '--check')],
    [
      'clippy',
      'Clippy: native, and each wasm',
      async () => {
        await cargo('clippy', '--locked', '--all-targets', '--all-features', ...warningsAreErrors);
        for (const feature of ['client', 'server', 'standalone']) {
          const only = ['--no-default-features', '--features', feature];
          await cargo('clippy', '--locked', '--lib', '--target', WASM_TARGET, ...only, ...warningsAreErrors);
        }
      },
    ],
    ['native', 'Native tests', () => cargo('test', '--locked', '--all-features')],
    ['build', 'The package', buildPackage],
    ['wasm-node', 'Wasm tests in Node', () => wasmTests()],
    [
      'wasm-chromium',
      'Wasm tests in Chromium',
      async () => {
        await ensureChromium();
        await wasmTests({ WASM_BINDGEN_USE_BROWSER: '1', CHROMEDRIVER: chromedriver() });
      },
    ],
    ...folders.map((folder) => [
      folder,
      `JavaScript tests: tests/${folder}`,
      async () => {
        if (last.includes(folder)) await ensureChromium();
        await javascriptTests(folder);
      },
    ]),
  ];
}

await main(async () => {
  onSignal();
  const {
    values: { only, help },
  } = parseArgs({
    options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
  });
  const all = await stages();
  const names = all.map(([name]) => name);
  if (help) {
    process.stdout.write(
      `npm test                     everything\nnpm test -- --only NAME      one stage (may be given again): ${names.join(' ')}\n`,
    );
    return 0;
  }
  const wanted = only?.flatMap((value) => value.split(',')) ?? names;
  for (const name of wanted)
    if (!names.includes(name)) throw new Failure(`there is no stage ${name}: ${names.join(' ')}`);

  await installNpm();
  await ensureRust(['clippy', 'rustfmt']);
  const began = Date.now();
  const results = [];
  for (const [name, title, body] of all.filter(([stage]) => wanted.includes(stage))) {
    process.stdout.write(`\n=== ${title} (${name})\n`);
    const since = Date.now();
    try {
      await body();
      results.push({ name, passed: true, time: seconds(since) });
    } catch (error) {
      process.stdout.write(`\n${error instanceof Failure ? error.message : error.stack}\n`);
      results.push({ name, passed: false, time: seconds(since) });
    }
  }

  process.stdout.write(`\n=== Summary (${seconds(began)})\n`);
  for (const { name, passed, time } of results)
    process.stdout.write(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${time}\n`);
  const failed = results.filter(({ passed }) => !passed).length;
  process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`);
  return failed ? 1 : 0;
});
