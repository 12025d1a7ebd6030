// The hand-written cases in Chromium: with the default entry, and with slim and a streamed file.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { closeBrowser, resultOf, serveFolder } from '../support/pages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = readdirSync(new URL('../vectors/rules', import.meta.url));

let site;
before(async () => {
  // The page evaluates the cases in JavaScript, so it has no Content-Security-Policy.
  site = await serveFolder(root, { csp: null });
});
after(async () => {
  await site?.close();
  await closeBrowser();
});

for (const [entry, start] of [
  ['index.js', ''],
  ['slim.js', "await cts.init('/pkg/cts_tracker_bg.wasm');"],
]) {
  test(`every case, ${entry}`, async () => {
    const { run, wrong } = await resultOf(
      site,
      `
      import * as cts from '/pkg/${entry}';
      import { runCases } from '/tests/vectors/run.mjs';
      ${start}
      const capital = (name) => name[0].toUpperCase() + name.slice(1);
      const validators = {
        validate: (name, input, options) => cts['validate' + capital(name)](input, options),
        ndjson: (kind, text) => cts.validateNdjson(kind, text),
      };
      let run = 0;
      const wrong = [];
      for (const file of ${JSON.stringify(files)}) {
        const result = runCases(await (await fetch('/tests/vectors/rules/' + file)).json(), validators);
        run += result.run;
        wrong.push(...result.wrong);
      }
      done({ run, wrong });
    `,
    );
    assert.equal(wrong.length, 0, `${wrong.length} of ${run}\n${wrong.slice(0, 20).join('\n')}`);
    assert.ok(run > 900, `only ${run} cases ran`);
  });
}
