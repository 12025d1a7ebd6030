// Creates the tracker of a JSON file. If the outcome is unknown, finds it out: node resolve-outcome.mjs tracker.json
// The proxy must allow lookups: `npx cts-tracker proxy --allow-lookup …`.
import { readFile } from 'node:fs/promises';
import { createCtsClient, isCtsError, resolveCreation } from 'cts-tracker';

const [file = 'tracker.json'] = process.argv.slice(2);
const { CTS_PROXY = 'http://127.0.0.1:8788/', CTS_PROJECT_ID = '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' } = process.env;
const client = createCtsClient({ baseUrl: CTS_PROXY, projectId: CTS_PROJECT_ID });

try {
  const { id } = await client.createTracker(JSON.parse(await readFile(file, 'utf8')));
  console.log(`created ${id}`);
} catch (error) {
  if (!isCtsError(error)) throw error;
  console.error(error.message);
  process.exitCode = 3;
  if (error.mayAlreadyExist) await resolve(error);
}

/** @param {import('cts-tracker').CtsError} error */
async function resolve(error) {
  const outcome = await resolveCreation(client, error);
  switch (outcome.resolution) {
    case 'created':
      console.log(`created ${outcome.tracker.id}`);
      process.exitCode = 0;
      break;
    case 'existed_before':
      console.log(`nothing was created: ${outcome.tracker.id} has this name since before`);
      break;
    case 'differs':
      console.log(`${outcome.tracker.id} has this name and other content: ${JSON.stringify(outcome.differences)}`);
      break;
    case 'not_seen':
      console.log('not created so far: look again later before you repeat the request');
      break;
    case 'unknown':
      console.log(`still unknown: ${outcome.cause.message}`);
  }
}
