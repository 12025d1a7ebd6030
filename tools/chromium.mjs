// The browser of the tests: found, or installed where that can be done, or a clear failure.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, run, say } from './common.mjs';

const onPath = (names) => (process.env.PATH ?? '').split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);

export const chromium = () => process.env.CHROMIUM || onPath(['chromium', 'chromium-browser', 'google-chrome']);
export const chromedriver = () => process.env.CHROMEDRIVER || onPath(['chromedriver']);

export const CHROMIUM_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** For playwright-core's `chromium.launch`. */
export const launchOptions = () => ({ executablePath: chromium(), args: CHROMIUM_ARGS });

export async function ensureChromium() {
  if (chromium() && chromedriver()) return;
  const apt = onPath(['apt-get']);
  if (!apt || process.getuid?.() !== 0) {
    throw new Failure('the tests need Chromium and ChromeDriver on PATH (or their paths in CHROMIUM and CHROMEDRIVER): '
      + 'on Debian, apt-get install chromium chromium-driver');
  }
  say('Installing Chromium and ChromeDriver');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run(apt, ['update', '-qq'], { env });
  await run(apt, ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'chromium-driver'], { env, quiet: true });
  if (!chromium() || !chromedriver()) throw new Failure('apt-get gave no Chromium on PATH');
}
