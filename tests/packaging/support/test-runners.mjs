// The packed tarball under Jest and Vitest, in Node and in the simulated pages of jsdom and happy-dom.
import { join } from 'node:path';
import { CHECK, EXPECTED, VALIDATED } from './example.mjs';
import { service } from './hosts.mjs';
import { bin } from './programs.mjs';
import { here, matrixFolder, project, run } from './project.mjs';

const equal = (value, expected) => `expect(${value}).toBe(${JSON.stringify(expected)});`;

/** The whole program, in one test. */
const whole = async () => `test('it works', async () => {
  ${equal(`await check(cts, '${(await service()).url}')`, EXPECTED)} });`;

/** A form of the page, and bytes of Node, which are of another realm there. */
const FORM = `test('forms and bytes', () => {
  const form = document.createElement('form');
  form.innerHTML = '<input name="tracker_type" value="data"><input name="tracker_name" value="a b">';
  const { issues } = cts.validateCreateTrackerForm(new FormData(form));
  expect(issues.map(({ code }) => code)).toContain('invalid_character');
  const params = new URLSearchParams('tracker_type=system');
  ${equal('cts.validateCreateTrackerForm(params).value?.tracker_type', 'system')}
  ${equal('cts.validateNdjson(\'createTracker\', Buffer.from(\'{"tracker_type":"system"}\')).valid', 1)}
});`;

/** Jest's jsdom hides the encoders and `fetch` of Node. */
const WITHOUT_GLOBALS = `test('validators work, and an error names what the client misses', async () => {
  ${equal('validate(cts)', VALIDATED)}
  ${equal('typeof TextEncoder + typeof fetch', 'undefinedundefined')}
  const client = cts.createCtsClient({ baseUrl: 'http://localhost/', projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' });
  await expect(client.createTracker(first)).rejects.toThrow('no global fetch');
  expect(() => cts.validateTrackerName('审计')).toThrow('TextEncoder is missing');
});
test('every entry can be required', () => {
  for (const entry of ['slim', 'js', 'signing', 'proxy', 'emulator', 'node', 'async-validator', 'vee-validate'])
    expect(Object.keys(require('cts-tracker/' + entry)).length).toBeGreaterThan(0);
  ${equal("validate(require('cts-tracker/js'))", VALIDATED)}
});`;

/** Succeeds if all of so many tests passed. */
const passed = (output, count) =>
  new RegExp(`Tests +${count} passed \\(${count}\\)|Tests: +${count} passed, ${count} total`).test(output)
    ? EXPECTED
    : output;

export const vitest =
  (environment = 'node') =>
  async () => {
    const load = "import { expect, test } from 'vitest'; import * as cts from 'cts-tracker';";
    const tests = [await whole(), ...(environment === 'node' ? [] : [FORM])];
    const files = { 'cts.test.mjs': [load, CHECK, ...tests].join('\n') };
    const folder = await project(`vitest-${environment}`, files, { near: true });
    const args = [bin('vitest', 'vitest.mjs'), 'run', '--root', folder, '--environment', environment];
    const { stdout } = await run(process.execPath, args, { cwd: folder, env: { NO_COLOR: '1' } });
    return passed(stdout, tests.length);
  };

/** `folder` has the packages of this version of Jest, whose names end in `suffix`. */
const jest =
  (folder, suffix, environment = 'node') =>
  async () => {
    const load = "const cts = require('cts-tracker');";
    const tests = environment === 'node' ? [await whole()] : [WITHOUT_GLOBALS, FORM];
    const packages = join(folder, 'node_modules');
    const root = await project(
      `jest${suffix}-${environment}`,
      {
        'cts.test.js': [load, CHECK, ...tests].join('\n'),
        'jest.config.json': JSON.stringify({
          transform: {},
          watchman: false,
          cacheDirectory: '<rootDir>/.jest',
          testEnvironment: environment === 'node' ? 'node' : join(packages, `jest-environment-jsdom${suffix}`),
        }),
      },
      { type: 'commonjs' },
    );
    const args = [join(packages, `jest${suffix}`, 'bin', 'jest.js'), '--rootDir', root, '--ci'];
    const { stderr } = await run(process.execPath, args, { cwd: root, env: { NO_COLOR: '1' } });
    return passed(stderr, environment === 'node' ? 1 : 3);
  };
export const jest30 = (environment) => jest(here, '', environment);
export const jest29 = (environment) => jest(matrixFolder, '-29', environment);
