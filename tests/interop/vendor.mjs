// Installs the vendor's SDKs in the pinned versions and calls them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { at, cache, run, sha256, write } from '../../tools/common.mjs';
import { ensure, python } from '../../tools/requirements.mjs';

const here = (...parts) => at('tests', 'interop', ...parts);

/** Creates a virtual environment once for each content of `requirements`, and returns its folder. */
export async function venv(requirements) {
  const folder = join(cache, 'interop', requirements.replace(/\.txt$/, ''));
  const wanted = sha256(await readFile(here(requirements)));
  const stamp = join(folder, '.made-from');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return folder;
  await rm(folder, { recursive: true, force: true });
  await ensure('python');
  await run(python() ?? 'python3', ['-m', 'venv', folder]);
  await run(
    join(folder, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', here(requirements)],
    { quiet: true },
  );
  await write(stamp, wanted);
  return folder;
}

/** HOME is in the cache, since the SDK writes to it. Loopback requests use no proxy. */
export async function pythonEnv() {
  const home = join(cache, 'interop', 'home');
  await mkdir(home, { recursive: true });
  return { ...process.env, HOME: home, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', PYTHONDONTWRITEBYTECODE: '1' };
}

/** The vendor's Python SDK: `ask(object)` returns the response of vendor.py. */
export async function vendorPython() {
  const program = join(await venv('requirements.txt'), 'bin', 'python');
  const child = spawn(program, [here('vendor.py')], { env: await pythonEnv(), stdio: 'pipe' });
  let output = '';
  child.stderr.on('data', (part) => {
    output += part;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`vendor.py ended: ${output}`);
      return JSON.parse(value);
    },
    async end() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
