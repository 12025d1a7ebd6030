// KooCLI, Huawei Cloud's command line. Indexes of lists start at 1.
import { type Generate, isObject, shellWord } from './snippet.js';

function parameters(path: string, value: unknown): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`--${path}=[]`] : value.flatMap((item, i) => parameters(`${path}.${i + 1}`, item));
  if (isObject(value))
    return Object.entries(value).flatMap(([key, inner]) => parameters(path === '' ? key : `${path}.${key}`, inner));
  return [`--${path}=${shellWord(String(value))}`];
}

export const koocli: Generate = ({ draft, projectId, region }) => ({
  code: `${[
    'hcloud CTS CreateTracker',
    `--cli-region=${shellWord(region)}`,
    // Without it, KooCLI takes the project of its profile.
    ...(projectId === '' ? [] : [`--project_id=${shellWord(projectId)}`]),
    ...parameters('', draft),
    '--dryrun',
  ].join(' \\\n  ')}\n`,
  losses: ['code.koocli.dryRun'],
});
