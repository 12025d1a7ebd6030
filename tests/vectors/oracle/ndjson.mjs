// A report on NDJSON.
import { checkBucket } from './check-obs-buckets.mjs';
import { createTracker } from './create-tracker.mjs';
import { breaksAt, WHITE } from './json.mjs';
import { characters } from './values.mjs';

export function ndjson(kind, bytes) {
  const report = { lines: 0, valid: 0, invalid: 0, warned: 0, bad: [] };
  const validate = kind === 'createTracker' ? createTracker : checkBucket;
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let line = 1; at < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, at);
    const text = bytes.subarray(at, newline < 0 ? bytes.length : newline);
    if (!text.every((byte) => WHITE.includes(byte))) {
      const broken = breaksAt(text);
      const decoded = (part) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);
      const result =
        broken < 0
          ? validate(() => JSON.parse(decoded(text)))
          : {
              issues: [
                {
                  code: 'invalid_json',
                  path: [],
                  params: {
                    line,
                    column: characters(decoded(text.subarray(0, broken))).length + 1,
                    offset: at + broken,
                  },
                },
              ],
              warnings: [],
            };
      report.lines += 1;
      report[result.issues.length > 0 ? 'invalid' : 'valid'] += 1;
      if (result.warnings.length > 0) report.warned += 1;
      if (result.issues.length > 0) report.bad.push({ line, issues: result.issues, warnings: result.warnings });
    }
    at += text.length + 1;
  }
  return report;
}
