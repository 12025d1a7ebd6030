// Chromium for the tests.
import { chromium as playwright } from 'playwright-core';
import { chromium } from '../../tools/requirements.mjs';

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For each window, Chromium loads two pages for the suggestions of its address bar: 1.1 s of CPU, as much as a test. */
const UNUSED_FEATURES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/**
 * Of several such arguments Chromium reads only the last, so ours contains the features of Playwright's. It is in the
 * error of a start that fails.
 */
async function disabledFeatures() {
  const failed = await playwright.launch({ executablePath: process.execPath }).catch(String);
  const [, features] = /--disable-features=(\S+)/.exec(String(failed)) ?? [];
  if (!features) throw new Error(`no features are disabled in ${failed}`);
  return [features, ...UNUSED_FEATURES].join(',');
}

/** @param {string[]} args */
export async function launchChromium(...args) {
  const executablePath = chromium();
  if (!executablePath) throw new Error('Chromium is missing: install it, or set CHROMIUM');
  return playwright.launch({
    executablePath,
    args: [...CHROMIUM_ARGS, `--disable-features=${await disabledFeatures()}`, ...args],
  });
}
