// npm test: every stage. It installs what is missing. A check that cannot run counts as a failure.
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage } from './build.mjs';
import { at, cache, Failure, installNpm, main, onSignal, run, seconds } from './common.mjs';
import { chromedriver, describeRequirements, ensure } from './requirements.mjs';
import { cargo, describeRust, ensureBindgen, ensureRust, WASM_TARGET } from './toolchain.mjs';

/** @typedef {{ name: string, title: string, needs?: import('./requirements.mjs').Name[], run: () => Promise<unknown> }} Stage */

const warningsAreErrors = ['--', '-D', 'warnings'];

/** @type {Stage[]} */
const STAGES = [
  { name: 'format', title: 'Rust formatting', run: () => cargo(['fmt', '--all', '--check']) },
  { name: 'build', title: 'Build of the package', run: () => buildPackage({ skipRust: false }) },
  { name: 'biome', title: 'Formatting and lint of JavaScript, TypeScript, JSON and CSS', run: biome },
  { name: 'clippy', title: 'Clippy: native and each wasm', run: clippy },
  { name: 'native', title: 'Native tests', run: () => cargo(['test', '--locked', '--all-features']) },
  { name: 'tsc', title: 'Types of the sources, the tools and the benchmarks', run: tsc },
  { name: 'wasm-node', title: 'Wasm tests in Node', run: () => wasmTests() },
  {
    name: 'wasm-chromium',
    title: 'Wasm tests in Chromium',
    needs: ['chromium', 'chromedriver'],
    run: () => wasmTests({ WASM_BINDGEN_USE_BROWSER: '1', CHROMEDRIVER: chromedriver() }),
  },
];

/** What the tests of a folder need beside npm packages. Slow folders are last. @type {Record<string, Stage['needs']>} */
const NEEDS = {
  cli: ['openssl'],
  interop: ['python', 'curl'],
  browser: ['chromium'],
  packaging: ['chromium', 'git'],
  examples: ['chromium'],
  console: ['chromium', 'chineseFont', 'curl'],
};
const LAST = ['browser', 'packaging', 'examples', 'console'];
const TWO_AT_ONCE = ['cli', 'console', 'interop', 'packaging'];

/** The order of the stages: those that are not named come before the last. */
const FIRST = ['format', 'build', 'biome'];
/** They only compile and compute, so they run beside the others, whose servers and browsers leave a part of the cores. */
const BESIDE = ['clippy', 'native', 'tsc', 'wasm-node', 'types', 'forms'];
/** They compile in the same target folder, and npm start writes the package again. */
const AFTER = ['start', 'wasm-chromium'];

async function clippy() {
  await cargo(['clippy', '--locked', '--all-targets', '--all-features', ...warningsAreErrors]);
  for (const feature of ['validators', 'client', 'server', 'standalone']) {
    const only = ['--no-default-features', '--features', feature];
    await cargo(['clippy', '--locked', '--lib', '--target', WASM_TARGET, ...only, ...warningsAreErrors]);
  }
}

function biome() {
  const program = at('node_modules/@biomejs/biome/bin/biome');
  return run(process.execPath, [program, 'ci', '--error-on-warnings', '--max-diagnostics=50']);
}

/** After the build, since the sources import what it generates. */
async function tsc() {
  await installNpm(at('benches'), 'the peers of the benchmarks');
  for (const project of ['tsconfig.json', 'tsconfig.scripts.json'])
    await run(process.execPath, [at('node_modules/typescript-7/bin/tsc'), '--project', at(project)]);
}

/**
 * Tests compiled for wasm, in tests/wasm. They run in Node unless `env` names a browser.
 * @param {Record<string, string | undefined>} [env]
 */
async function wasmTests(env = {}) {
  const runner = join(await ensureBindgen(), 'bindgen-test-runner');
  await run('cargo', ['test', '--locked', '--target', WASM_TARGET, '--test', 'wasm'], {
    env: { CARGO_TARGET_DIR: at('target'), CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: runner, ...env },
    timeoutMs: 600_000,
  });
}

/**
 * The *.test.mjs of a folder, without those in its packages and in the hidden folders its tests write to.
 * @param {string} folder
 */
async function testFiles(folder) {
  const all = await readdir(at('tests', folder), { recursive: true });
  return all.filter((file) => file.endsWith('.test.mjs') && !/(^|\/)(node_modules|\.[^/]+)\//.test(file)).sort();
}

/**
 * Runs a folder's tests by Node's test runner. A folder with packages of its own has its own lock file.
 * @param {string} folder
 */
async function javascriptTests(folder) {
  if (existsSync(at('tests', folder, 'package-lock.json')))
    await installNpm(at('tests', folder), `the packages of tests/${folder}`);
  if (folder === 'examples') await installNpm(at('examples'), 'the packages of the examples');
  const files = (await testFiles(folder)).map((file) => at('tests', folder, file));
  // Two files at once where the tests wait for conditions. In other folders their servers and browsers compete for the
  // cores, and measured times become too long.
  const atOnce = TWO_AT_ONCE.includes(folder) ? 2 : 1;
  const options = ['--test', '--test-reporter=spec', `--test-concurrency=${atOnce}`, '--test-timeout=300000'];
  await run(process.execPath, [...options, ...files], { what: `node --test tests/${folder}`, timeoutMs: 1_200_000 });
}

/** @returns {Promise<Stage[]>} one for each folder of tests/ that has test files */
async function folderStages() {
  const names = [];
  for (const entry of await readdir(at('tests'), { withFileTypes: true })) {
    if (entry.isDirectory() && (await testFiles(entry.name)).length) names.push(entry.name);
  }
  names.sort((a, b) => LAST.indexOf(a) - LAST.indexOf(b) || (a < b ? -1 : 1));
  return names.map((name) => ({
    name,
    title: `JavaScript tests: tests/${name}`,
    needs: NEEDS[name] ?? [],
    run: () => javascriptTests(name),
  }));
}

/** Prints what this machine has of what the stages need, and what will be installed. @param {Stage[]} stages */
async function report(stages) {
  const needs = [...new Set(stages.flatMap((stage) => stage.needs ?? []))];
  const npm = (await run('npm', ['--version'], { quiet: true })).stdout.trim();
  const lines = [
    { title: 'Node', found: `${process.version}, npm ${npm}`, otherwise: '' },
    ...(await describeRust()),
    ...describeRequirements(['linker', ...needs]),
  ];
  process.stdout.write('=== This machine\n');
  for (const { title, found, otherwise } of lines)
    process.stdout.write(`${found ? 'found  ' : 'MISSING'}  ${title.padEnd(22)} ${found ?? otherwise}\n`);
}

/** @param {Stage} stage */
async function runStage({ name, title, needs = [], run }) {
  process.stdout.write(`\n=== ${title} (${name})\n`);
  const since = Date.now();
  try {
    await ensure(...needs);
    await run();
    return { name, passed: true, time: seconds(since) };
  } catch (error) {
    const text = error instanceof Failure ? error.message : error instanceof Error ? error.stack : error;
    process.stdout.write(`\n${text}\n`);
    return { name, passed: false, time: seconds(since) };
  }
}

/**
 * Runs stages in a process of their own. Its output is kept apart.
 * @param {string[]} names
 */
async function runBeside(names) {
  if (names.length === 0) return { output: '', results: [] };
  const since = Date.now();
  const path = join(cache, 'beside.log');
  await mkdir(cache, { recursive: true });
  const log = await open(path, 'w');
  // With the usual priority they would delay servers and browsers. With the lowest, their own tests could time out.
  const options = { log: log.fd, priority: 10, allowFailure: true };
  await run(process.execPath, [at('tools/test.mjs'), ...names.flatMap((name) => ['--only', name])], options);
  await log.close();
  const output = await readFile(path, 'utf8');
  const results = names.map((name) => {
    const [, passed, time = seconds(since)] = new RegExp(`^(ok|FAILED) +${name} +(.*)$`, 'm').exec(output) ?? [];
    return { name, passed: passed === 'ok', time };
  });
  return { output, results };
}

await main(async () => {
  onSignal();
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
  });
  const all = [...STAGES, ...(await folderStages())];
  const names = all.map(({ name }) => name);
  if (values.help) {
    process.stdout.write('npm test                    all stages\n');
    process.stdout.write(`npm test -- --only NAME     one stage; can be repeated: ${names.join(' ')}\n`);
    return 0;
  }
  const wanted = values.only?.flatMap((value) => value.split(',')) ?? names;
  for (const name of wanted)
    if (!names.includes(name)) throw new Failure(`there is no stage ${name}. The stages are ${names.join(', ')}`);
  const stages = all.filter(({ name }) => wanted.includes(name));

  await report(stages);
  await installNpm();
  await ensureRust(['clippy', 'rustfmt']);
  const began = Date.now();
  const results = [];
  const runAll = async (/** @type {Stage[]} */ stages) => {
    for (const stage of stages) results.push(await runStage(stage));
  };
  const those = (/** @type {string[]} */ group) => stages.filter(({ name }) => group.includes(name));
  const others = stages.filter(({ name }) => ![...FIRST, ...BESIDE, ...AFTER].includes(name));
  await runAll(those(FIRST));
  if (others.length === 0) {
    await runAll(those(BESIDE));
  } else {
    const [beside] = await Promise.all([runBeside(those(BESIDE).map(({ name }) => name)), runAll(others)]);
    process.stdout.write(beside.output);
    results.push(...beside.results);
  }
  await runAll(those(AFTER));

  process.stdout.write(`\n=== Summary (${seconds(began)})\n`);
  for (const { name, passed, time } of results)
    process.stdout.write(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${time}\n`);
  const failed = results.filter(({ passed }) => !passed).length;
  process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`);
  return failed ? 1 : 0;
});
