// How the commands find and install programs and fonts. PATH has only the programs of the test.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { at } from '../../tools/common.mjs';

/**
 * Runs `ensure` with some programs on PATH, each a shell script without external commands.
 * @param {string[]} names
 * @param {{ programs?: Record<string, string>, root?: boolean }} [options]
 */
function ensure(names, { programs = {}, root = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cts-tracker-path-'));
  try {
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const code = `
      process.getuid = () => ${root ? 0 : 1000};
      const { ensure, describeRequirements } = await import(${JSON.stringify(at('tools', 'requirements.mjs'))});
      console.log(JSON.stringify(describeRequirements(${JSON.stringify(names)})));
      await ensure(...${JSON.stringify(names)}).catch((error) => console.log(error.message));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      encoding: 'utf8',
      env: { PATH: folder, LOG: join(folder, 'log'), FONT: join(folder, 'font') },
    });
    const [described = '', message = ''] = stdout.trim().split('\n');
    const log = existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '';
    return { described: JSON.parse(described), message, log, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const NO_FONT = 'if [ -e "$FONT" ]; then echo "WenQuanYi Micro Hei"; fi';
const APT = 'echo "$@" >> "$LOG"; case "$*" in install*) : > "$FONT";; esac';

test('a missing font is installed for an existing Chromium, and reported before', () => {
  const programs = { chromium: '', 'fc-list': NO_FONT, 'apt-get': APT };
  const { described, message, log } = ensure(['chromium', 'chineseFont'], { programs });
  assert.match(described[0].found, /chromium$/);
  assert.equal(described[1].found, undefined);
  assert.match(described[1].otherwise, /fonts-wqy-microhei/);
  assert.equal(message, '');
  assert.equal(log, 'update -qq\ninstall -y -qq --no-install-recommends fonts-wqy-microhei\n');
});

test('only missing packages are installed', () => {
  const programs = { 'fc-list': 'echo "Noto Sans CJK SC"', chromedriver: '', 'apt-get': APT };
  const { log, message } = ensure(['chromium', 'chromedriver', 'chineseFont'], { programs });
  assert.match(log, / chromium\n$/);
  assert.equal(message, 'Chromium is missing after apt-get install chromium');
});

test('without apt-get, and for a user who may not use it, the error names the packages', () => {
  const missing =
    /^Chromium, ChromeDriver is missing\. Install it: on Debian, apt-get install chromium chromium-driver$/;
  assert.match(ensure(['chromium', 'chromedriver']).message, missing);
  const user = ensure(['chromium', 'chromedriver'], { programs: { 'apt-get': APT }, root: false });
  assert.match(user.message, missing);
  assert.equal(user.log, '');
});

test('a failure of apt-get names the packages and prints its output', () => {
  const programs = { 'apt-get': 'echo called >> "$LOG"; echo "Temporary failure resolving" >&2; exit 100' };
  const { message, stderr } = ensure(['linker'], { programs });
  assert.match(message, /^C linker could not be installed\. .*update.* failed \(exit 100\)\. .*install gcc libc6-dev$/);
  assert.match(stderr, /Temporary failure resolving/);
});

test('a Python without virtual environments is skipped', () => {
  const programs = { python3: 'exit 1' };
  const { described, message } = ensure(['python'], { programs });
  assert.equal(described[0].found, undefined);
  assert.match(message, /apt-get install python3 python3-venv$/);
});
