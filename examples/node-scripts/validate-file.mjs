// Validates a file with one CreateTracker request per line: node validate-file.mjs trackers.ndjson
import { createReadStream } from 'node:fs';
import { createNdjsonValidator, formatPath } from 'cts-tracker';

const [file = 'trackers.ndjson'] = process.argv.slice(2);
const validator = createNdjsonValidator('createTracker');
for await (const chunk of createReadStream(file)) report(validator.push(chunk));
const { lines, valid, invalid, bad } = validator.end();
report(bad);
console.log(`${lines} lines: ${valid} valid, ${invalid} invalid`);
process.exitCode = invalid > 0 ? 1 : 0;

/** @param {readonly import('cts-tracker').NdjsonLine[]} found */
function report(found) {
  for (const { line, issues } of found)
    for (const { path, message } of issues) console.log(`${file}:${line} ${formatPath(path)}: ${message}`);
}
