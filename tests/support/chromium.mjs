// Chromium for the tests.
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

/** For playwright-core's `chromium.launch`. */
export const launchOptions = () => ({ executablePath: /** @type {string} */ (chromium()), args: CHROMIUM_ARGS });
