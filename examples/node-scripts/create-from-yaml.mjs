// Creates the trackers of a YAML file, in order, and stops at the first failure: node create-from-yaml.mjs trackers.yaml
import { readFile } from 'node:fs/promises';
import { createCtsClient, formatPath, isCtsError, validateCreateTracker } from 'cts-tracker';
import { parse } from 'yaml';

const [file = 'trackers.yaml'] = process.argv.slice(2);
const { CTS_PROXY = 'http://127.0.0.1:8788/', CTS_PROJECT_ID = '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' } = process.env;
const client = createCtsClient({ baseUrl: CTS_PROXY, projectId: CTS_PROJECT_ID });

/** @type {unknown[]} */
const requests = parse(await readFile(file, 'utf8'));
const results = requests.map((request) => validateCreateTracker(request));
const mistakes = results.flatMap(({ issues = [] }, i) =>
  issues.map(({ path, message }) => `${i + 1}. ${formatPath(path)}: ${message}`),
);
if (mistakes.length > 0) {
  console.error(mistakes.join('\n'));
  process.exit(1);
}

for (const { value } of results) {
  if (!value) continue;
  try {
    const { id } = await client.createTracker(value);
    console.log(`${value.tracker_name}: created ${id}`);
  } catch (error) {
    if (!isCtsError(error)) throw error;
    console.error(`${value.tracker_name}: ${error.message}`);
    process.exitCode = 3;
    break;
  }
}
