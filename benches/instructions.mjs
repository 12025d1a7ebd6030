// Counts the instructions that the native build spends on a request. Unlike a time, the count is the same in each run.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main, run, say } from '../tools/common.mjs';
import { ensure } from '../tools/requirements.mjs';

/** More calls than the setup of a process may vary. */
const CALLS = 1000;

async function build() {
  const args = ['bench', '--locked', '--quiet', '--bench', 'instructions', '--no-run', '--message-format=json'];
  const { stdout } = await run('cargo', args, { capture: true });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return /** @type {string} */ (lines.map((line) => JSON.parse(line).executable).find((path) => path));
}

/**
 * @param {string} program
 * @param {'document' | 'line'} what
 */
async function count(program, what) {
  const folder = await mkdtemp(join(tmpdir(), 'cts-instructions-'));
  /** @param {number} calls */
  const total = async (calls) => {
    const out = join(folder, `${calls}.out`);
    const args = ['--tool=callgrind', `--callgrind-out-file=${out}`, '--quiet', program, what, String(calls)];
    await run('valgrind', args, { capture: true });
    return Number(/^(?:summary|totals): (\d+)/m.exec(await readFile(out, 'utf8'))?.[1]);
  };
  try {
    return Math.round(((await total(2 * CALLS)) - (await total(CALLS))) / CALLS);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns {Promise<{ document: number, line: number }>} */
export async function instructions() {
  await ensure('valgrind');
  const program = await build();
  return { document: await count(program, 'document'), line: await count(program, 'line') };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { document, line } = await instructions();
    say(`A valid request: ${document} instructions in slots, ${line} as a line of NDJSON`);
  });
}
