// An old Chromium, which refuses synchronous compilation on the main thread. `@sparticuz/chromium` has it compressed.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../../support/chromium.mjs';
import { matrixFolder, temporaryFolder } from './project.mjs';

const PACKED = join(matrixFolder, 'node_modules', '@sparticuz', 'chromium', 'bin', 'chromium.br');

let launched;
async function launch() {
  const executablePath = join(await temporaryFolder('old-chromium'), 'chromium');
  await writeFile(executablePath, await promisify(brotliDecompress)(await readFile(PACKED)));
  await chmod(executablePath, 0o755);
  // This build has no zygote.
  return chromium.launch({ executablePath, args: [...CHROMIUM_ARGS, '--single-process', '--no-zygote'] });
}

/** The title that a page sets. */
export async function inOldChromium(url) {
  launched ??= launch();
  const page = await (await launched).newPage();
  await page.goto(url);
  return (await page.waitForFunction(() => document.title, undefined, { timeout: 60_000 })).jsonValue();
}

export async function closeOldChromium() {
  await (await launched)?.close();
  launched = undefined;
}
