// npm run build: compiles the Rust sources and bundles the package into pkg/.
import { lstat, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleCode, bundleTypes, WASM_FILES } from './bundle.mjs';
import { at, Failure, installNpm, main, readJson, say, seconds, write } from './common.mjs';
import { buildRust, readRust } from './rust.mjs';
import { weigh } from './size.mjs';

const out = at('pkg');
const template = at('pkg-template');

/** @typedef {Map<string, string | Uint8Array>} Files by their paths in a folder */

/**
 * The sources that src/codegen generates.
 * @param {{ sources: Record<string, string> }} generated
 * @returns {Files}
 */
const generatedSources = ({ sources }) => new Map(Object.entries(sources));

/**
 * The files that are published as they are.
 * @param {Record<string, string>} generated
 * @returns {Promise<Files>}
 */
async function staticFiles(generated) {
  const manifest = await readJson(join(template, 'package.json'));
  manifest.version = /^version = "(.+)"$/m.exec(await readFile(at('Cargo.toml'), 'utf8'))?.[1];
  /** @type {Files} */
  const files = new Map([['package.json', `${JSON.stringify(manifest, null, 2)}\n`]]);
  files.set('README.md', await readFile(join(template, 'README.md')));
  files.set('LICENSE', await readFile(at('LICENSE')));
  for (const [path, text] of Object.entries(generated)) files.set(path, text);
  return files;
}

/**
 * The licences of the packages that are bundled.
 * @param {string[]} modules paths of bundled modules
 */
async function licences(modules) {
  const names = modules.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const parts = await Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const { version, license, homepage, repository } = await readJson(at('node_modules', name, 'package.json'));
      const file = (await readdir(at('node_modules', name))).find((entry) => /^licen[cs]e/i.test(entry));
      if (!file) throw new Failure(`${name} is bundled, but has no licence file (${license}) to publish`);
      const text = await readFile(at('node_modules', name, file), 'utf8');
      return `${name} ${version} (${license})\n${homepage ?? repository?.url ?? repository}\n\n${text.trim()}\n`;
    }),
  );
  return `cli.js contains these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * Every file in a folder, as paths from it.
 * @param {string} folder
 */
async function list(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}

/**
 * Writes files to a folder and removes all others.
 * @param {string} folder
 * @param {Files} files
 * @param {string[]} [kept] files that are already there
 */
async function writeFolder(folder, files, kept = []) {
  for (const [path, content] of files) await write(join(folder, path), content);
  for (const path of await list(folder)) if (!files.has(path) && !kept.includes(path)) await rm(join(folder, path));
}

/** Lets tests, the console and the benchmarks import the package by its public name. */
async function link() {
  const path = at('node_modules', 'cts-tracker');
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isSymbolicLink()) return;
  if (stats) await rm(path, { recursive: true });
  await symlink('../pkg', path);
}

/** With `--skip-rust`, a change of TypeScript is built in two seconds. */
export async function buildPackage({ skipRust = process.argv.includes('--skip-rust') } = {}) {
  const began = Date.now();
  await installNpm();
  if (!skipRust) await buildRust();
  const rust = await readRust();

  say('Bundling the package');
  await writeFolder(join(template, 'src', 'generated'), generatedSources(rust.generated));
  for (const [path, text] of Object.entries(rust.generated.committed)) await write(at(path), text);
  await mkdir(out, { recursive: true });
  const chunks = [...(await bundleCode(rust)), ...(await bundleTypes())];
  const files = await staticFiles(rust.generated.files);
  for (const kind of /** @type {const} */ (['browser', 'server'])) files.set(WASM_FILES[kind], rust[kind].wasm);
  files.set(
    'THIRD-PARTY-LICENSES',
    await licences(chunks.flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []))),
  );
  await writeFolder(
    out,
    files,
    chunks.map(({ fileName }) => fileName),
  );
  await link();

  const { raw, gzip, brotli } = weigh(rust.browser.wasm);
  say(`${WASM_FILES.browser}: ${raw} bytes, ${gzip} with gzip, ${brotli} with brotli`);
  say(`Built pkg/ in ${seconds(began)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(() => buildPackage());
