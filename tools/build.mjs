// npm run build: compiles the Rust sources and bundles the package into pkg/.
import { lstat, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleCode, bundleTypes, WASM_FILES } from './bundle.mjs';
import { at, Failure, installNpm, main, readJson, root, say, seconds, write } from './common.mjs';
import { withTable } from './readme.mjs';
import { buildRust, readRust } from './rust.mjs';
import { weigh } from './size.mjs';

const out = at('pkg');
const template = at('pkg-template');

/** The manifest, with the version of the crate. */
async function manifest() {
  const manifest = await readJson(join(template, 'package.json'));
  manifest.version = /^version = "(.+)"$/m.exec(await readFile(at('Cargo.toml'), 'utf8'))?.[1];
  return `${JSON.stringify(manifest, null, 2)}\n`;
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
  return `cts-tracker contains these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * Writes files to a folder.
 * @param {string} folder
 * @param {Record<string, string | Uint8Array>} files
 */
async function writeAll(folder, files) {
  for (const [path, content] of Object.entries(files)) await write(join(folder, path), content);
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
  const { sources, files, committed, validatorsTable } = rust.generated;
  const generated = join(template, 'src', 'generated');
  for (const folder of [out, generated]) await rm(folder, { recursive: true, force: true });
  await writeAll(generated, sources);
  await writeAll(root, committed);
  await write(at('README.md'), withTable(await readFile(at('README.md'), 'utf8'), 'validators', validatorsTable));
  const modules = await bundleCode(rust);
  await bundleTypes();
  await writeAll(out, {
    ...files,
    'package.json': await manifest(),
    'README.md': await readFile(join(template, 'README.md')),
    LICENSE: await readFile(at('LICENSE')),
    'THIRD-PARTY-LICENSES': await licences(modules),
    [WASM_FILES.browser]: rust.browser.wasm,
    [WASM_FILES.server]: rust.server.wasm,
  });
  await link();

  const { raw, gzip, brotli } = weigh(rust.browser.wasm);
  say(`${WASM_FILES.browser}: ${raw} bytes, ${gzip} with gzip, ${brotli} with brotli`);
  say(`Built pkg/ in ${seconds(began)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(() => buildPackage());
