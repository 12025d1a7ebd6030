// A Node program with this package, through the signing proxy.
import { type Generate, projectIdOr } from './snippet.js';

export const node: Generate = ({ draft, projectId, proxyUrl }) => ({
  code: `import { createCtsClient, isCtsError } from 'cts-tracker';

const client = createCtsClient({
  baseUrl: ${JSON.stringify(proxyUrl)},
  projectId: ${JSON.stringify(projectIdOr(projectId))},
});

try {
  const tracker = await client.createTracker(${JSON.stringify(draft, null, 2).replaceAll('\n', '\n  ')});
  console.log(tracker.id);
} catch (error) {
  if (!isCtsError(error)) throw error;
  console.error(error.message);
  if (error.mayAlreadyExist) console.error('The tracker may exist. Look it up before you run this again.');
  process.exitCode = 1;
}
`,
  losses: [],
});
