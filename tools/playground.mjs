// npm run build:playground: writes the console with the proxy and the emulator in the page to dist/playground, for any
// static host.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPackage } from './build.mjs';
import { at, Failure, main, say, write } from './common.mjs';
import { SAMPLE } from './sample.mjs';
import { weigh } from './size.mjs';
import { bundleWww } from './www.mjs';

const FOLDER = at('dist', 'playground');

/** A static host may set no headers, so the page itself forbids connections to other hosts. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @param {string} text @param {string} search @param {string} replacement */
function replaceOnce(text, search, replacement) {
  if (text.split(search).length !== 2) throw new Failure(`www/index.html must contain ${search} once`);
  return text.replace(search, replacement);
}

/** @param {string} html */
function change(html) {
  const meta = '<meta charset="utf-8">\n';
  const policy = `<meta http-equiv="content-security-policy" content="${POLICY}">\n`;
  return replaceOnce(replaceOnce(html, meta, meta + policy), 'src="main.js"', 'src="playground/main.js"');
}

/** Needs the package in pkg/. Returns the files by their path. */
export async function buildPlayground({ folder = FOLDER } = {}) {
  await rm(folder, { recursive: true, force: true });
  const files = await bundleWww({ folder, change });
  const config = Buffer.from(JSON.stringify({ mode: 'playground', ...SAMPLE }));
  await write(join(folder, 'config.json'), config);
  return files.set('/config.json', config);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(async () => {
    await buildPackage();
    say('Bundling the playground');
    const files = await buildPlayground();
    await (await import('esbuild')).stop();
    const total = [...files.values()].reduce((sum, body) => sum + weigh(body).brotli, 0);
    say(`dist/playground: ${files.size} files, ${total} bytes with brotli`);
  });
