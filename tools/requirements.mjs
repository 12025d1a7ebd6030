// Programs and fonts that the commands need and that neither npm nor Cargo installs. Debian's packages are installed
// where that is possible; otherwise the error names them.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Failure, run, say } from './common.mjs';

/**
 * Every file on PATH that has one of the names.
 * @param {string[]} names
 */
const allOnPath = (...names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((path) => existsSync(path));

/** @param {string[]} names */
export const onPath = (...names) => allOnPath(...names)[0];

export const chromium = () => process.env.CHROMIUM || onPath('chromium', 'chromium-browser', 'google-chrome');
export const chromedriver = () => process.env.CHROMEDRIVER || onPath('chromedriver');
export const firefox = () => process.env.FIREFOX || onPath('firefox-esr', 'firefox');
export const webKitDriver = () => process.env.WEBKITDRIVER || onPath('WebKitWebDriver');
export const xvfb = () => onPath('Xvfb');

/** MiniBrowser is not on PATH: /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser. */
export function miniBrowser() {
  if (process.env.MINIBROWSER) return process.env.MINIBROWSER;
  return folders('/usr/lib')
    .filter((folder) => folder.endsWith('-gnu'))
    .flatMap(folders)
    .map((folder) => join(folder, 'MiniBrowser'))
    .find((path) => existsSync(path));
}

/** @param {string} parent */
const folders = (parent) =>
  existsSync(parent)
    ? readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(parent, name))
    : [];

/** A Python that can make virtual environments. Debian packages `ensurepip` apart from Python. */
export const python = () =>
  allOnPath('python3').find((path) => {
    const check = 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 10))';
    return spawnSync(path, ['-c', check], { stdio: 'ignore' }).status === 0;
  });

const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.local/share/fonts')];
const CHINESE_FONT = /wqy|noto.*cjk|source-?han|droidsansfallback|uming|ukai|arphic|simsun|simhei|msyh/i;

/** The name of a font with Chinese glyphs. Without fontconfig's `fc-list`, a font file with a well-known name. */
export function chineseFont() {
  if (process.platform !== 'linux') return 'the fonts of the system';
  const { stdout, status } = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  if (status === 0) return stdout.split(/[\n,]/, 1)[0]?.trim() || undefined;
  return FONT_FOLDERS.filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    .find((file) => CHINESE_FONT.test(file) && /\.(tt[cf]|otf)$/i.test(file));
}

/**
 * `find` gives where it is or what it is, and nothing if it is missing.
 * @typedef {{ title: string, packages: string[], find: () => string | undefined }} Requirement
 * @typedef {'linker' | 'openssl' | 'curl' | 'chromium' | 'chromedriver' | 'chineseFont' | 'python' | 'firefox' | 'webKit' | 'xvfb' | 'git' | 'valgrind'} Name
 * @type {Record<Name, Requirement>}
 */
const REQUIREMENTS = {
  linker: {
    title: 'C linker',
    packages: ['gcc', 'libc6-dev'],
    find: () => (process.platform === 'linux' ? onPath('cc') : 'that of the system'),
  },
  chromium: { title: 'Chromium', packages: ['chromium'], find: chromium },
  chromedriver: { title: 'ChromeDriver', packages: ['chromium-driver'], find: chromedriver },
  chineseFont: { title: 'Chinese font', packages: ['fonts-wqy-microhei'], find: chineseFont },
  python: { title: 'Python 3.10+ with venv', packages: ['python3', 'python3-venv'], find: python },
  firefox: { title: 'Firefox', packages: ['firefox-esr'], find: firefox },
  webKit: { title: 'WebKitGTK', packages: ['webkit2gtk-driver'], find: () => webKitDriver() && miniBrowser() },
  xvfb: { title: 'Xvfb', packages: ['xvfb'], find: xvfb },
  openssl: { title: 'OpenSSL', packages: ['openssl'], find: () => onPath('openssl') },
  curl: { title: 'curl', packages: ['curl'], find: () => onPath('curl') },
  git: { title: 'Git', packages: ['git'], find: () => onPath('git') },
  valgrind: { title: 'Valgrind', packages: ['valgrind'], find: () => onPath('valgrind') },
};

/** @param {Name[]} names */
const missingOf = (names) => names.filter((name) => !REQUIREMENTS[name].find());

/**
 * The lines of a report: what was found, and which Debian packages will be installed.
 * @param {Name[]} names
 */
export const describeRequirements = (names) =>
  names.map((name) => {
    const { title, packages, find } = REQUIREMENTS[name];
    return { title, found: find(), otherwise: `missing; to be installed: ${packages.join(' ')}` };
  });

/**
 * Installs what is missing.
 * @param {Name[]} names
 */
export async function ensure(...names) {
  const missing = missingOf(names);
  if (missing.length === 0) return;
  const packages = missing.flatMap((name) => REQUIREMENTS[name].packages);
  const titles = missing.map((name) => REQUIREMENTS[name].title).join(', ');
  const byHand = `Install it: on Debian, apt-get install ${packages.join(' ')}`;
  const apt = onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) throw new Failure(`${titles} is missing. ${byHand}`);

  say(`Installing ${titles}: ${packages.join(' ')}`);
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true };
  try {
    await run(apt, ['update', '-qq'], options);
    await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  } catch (error) {
    if (error instanceof Failure) throw new Failure(`${titles} could not be installed. ${error.message}. ${byHand}`);
    throw error;
  }
  const still = missingOf(names).map((name) => REQUIREMENTS[name].title);
  if (still.length > 0) throw new Failure(`${still.join(', ')} is missing after apt-get install ${packages.join(' ')}`);
}
