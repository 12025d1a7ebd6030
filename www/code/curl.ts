// curl, through the signing proxy.
import { type Generate, projectIdOr, shellWord } from './snippet.js';

export const curl: Generate = ({ draft, projectId, proxyUrl }) => ({
  code: [
    `curl --fail-with-body ${shellWord(`${proxyUrl}v3/${projectIdOr(projectId)}/tracker`)}`,
    "  --header 'content-type: application/json'",
    "  --header 'x-requested-with: cts-tracker'",
    `  --data-binary ${shellWord(JSON.stringify(draft, null, 2))}\n`,
  ].join(' \\\n'),
  losses: [],
});
