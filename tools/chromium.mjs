// The browser of the tests: found, or installed where that can be done, or a clear failure.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, run, say } from './common.mjs';

export const onPath = (names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(existsSync);

export const chromium = () => process.env.CHROMIUM || onPath(['chromium', 'chromium-browser', 'google-chrome']);
export const chromedriver = () => process.env.CHROMEDRIVER || onPath(['chromedriver']);

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For playwright-core's `chromium.launch`. */
export const launchOptions = () => ({ executablePath: chromium(), args: CHROMIUM_ARGS });

/** Installs Debian's packages; who may not is told what to install. */
export async function aptInstall(packages, what) {
  const apt = onPath(['apt-get']);
  if (!apt || process.getuid?.() !== 0) {
    throw new Failure(
      `the tests need ${what}, on PATH or named in the environment: ` +
        `on Debian, apt-get install ${packages.join(' ')}`,
    );
  }
  say(`Installing ${what}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run(apt, ['update', '-qq'], { env });
  await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, quiet: true });
}

export async function ensureChromium() {
  if (chromium() && chromedriver()) return;
  await aptInstall(['chromium', 'chromium-driver'], 'Chromium and ChromeDriver');
  if (!chromium() || !chromedriver()) throw new Failure('apt-get gave no Chromium on PATH');
}
