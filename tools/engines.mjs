// The browser engines besides Chromium: found, or installed where that can be done, or a clear failure.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, onPath } from './chromium.mjs';
import { Failure } from './common.mjs';

export const firefox = () => process.env.FIREFOX || onPath(['firefox-esr', 'firefox']);
export const webKitDriver = () => process.env.WEBKITDRIVER || onPath(['WebKitWebDriver']);
export const xvfb = () => onPath(['Xvfb']);

/** It is beside the library it shows: /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser. */
export function miniBrowser() {
  if (process.env.MINIBROWSER) return process.env.MINIBROWSER;
  const below = (folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  return below('/usr/lib')
    .filter((folder) => folder.endsWith('-gnu'))
    .flatMap(below)
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(existsSync);
}

/** Debian's packages, and what is in them. */
const WANTED = { 'firefox-esr': [firefox], 'webkit2gtk-driver': [webKitDriver, miniBrowser], xvfb: [xvfb] };

export async function ensureEngines() {
  const missing = () => Object.keys(WANTED).filter((name) => !WANTED[name].every((find) => find()));
  if (missing().length === 0) return;
  await aptInstall(missing(), 'Firefox and WebKitGTK');
  if (missing().length > 0) throw new Failure(`apt-get gave no ${missing().join(' and no ')}`);
}
