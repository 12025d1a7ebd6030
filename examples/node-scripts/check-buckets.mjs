// Checks the buckets of a file, one name per line, and shows the progress: node check-buckets.mjs buckets.txt cn-north-1
import { readFile } from 'node:fs/promises';
import { createCtsClient } from 'cts-tracker';

const [file = 'buckets.txt', location = 'cn-north-1'] = process.argv.slice(2);
const { CTS_PROXY = 'http://127.0.0.1:8788/', CTS_DOMAIN_ID = '9b1a2c3d4e5f60718293a4b5c6d7e8f9' } = process.env;
const client = createCtsClient({ baseUrl: CTS_PROXY, domainId: CTS_DOMAIN_ID });

const names = (await readFile(file, 'utf8')).split(/\s+/).filter((name) => name !== '');
const checked = await client.checkBuckets(
  names.map((name) => ({ bucket_name: name, bucket_location: location })),
  { onProgress },
);
process.stderr.write('\n');

let usable = 0;
for (const { request, result, error } of checked) {
  const response = result?.check_bucket_response;
  if (response?.success) usable += 1;
  else console.log(`${request.bucket_name}: ${error?.message ?? response?.error_code ?? 'not usable'}`);
}
console.log(`${usable} of ${checked.length} buckets are usable`);
process.exitCode = usable < checked.length ? 1 : 0;

/** @param {import('cts-tracker').CheckProgress} progress */
function onProgress({ done, total = done, failed }) {
  const width = Math.round((30 * done) / total);
  const bar = '█'.repeat(width) + '░'.repeat(30 - width);
  process.stderr.write(`\r${bar} ${done}/${total}, ${failed} failed`);
}
