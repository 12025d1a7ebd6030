// node tests/console/screenshots.mjs [FOLDER]: writes a screenshot of each page of the playground, in both themes and
// languages and on a narrow screen. Those in docs/ are shown in README.md.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlayground } from '../../tools/playground.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { openPage } from './app.mjs';
import { startHost } from './playground.mjs';
import { states } from './states.mjs';

const LOOKS = {
  light: {},
  dark: { theme: 'dark' },
  chinese: { locale: 'zh-CN' },
  narrow: { width: 320, height: 640 },
  'narrow-chinese': { locale: 'zh-CN', theme: 'dark', width: 320, height: 640 },
};

const folder = process.argv[2] ?? 'dist/screenshots';
const site = await mkdtemp(join(tmpdir(), 'playground-'));
await mkdir(folder, { recursive: true });
await buildPlayground({ folder: site });
const host = await startHost(site, '/', {});
const browser = await launchChromium();
try {
  for (const [look, options] of Object.entries(LOOKS)) {
    const { page, close } = await openPage(browser, host.url, options);
    for (const [name, prepare] of Object.entries(states)) {
      await prepare(page);
      await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
      if (options.width) await page.screenshot({ path: join(folder, `${name}-${look}-full.png`), fullPage: true });
    }
    await close();
  }
} finally {
  await browser.close();
  await host.close();
  await rm(site, { recursive: true, force: true });
}
