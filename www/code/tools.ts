// The tools and languages that a request is written for, in the order of their tabs.
import { curl } from './curl.js';
import { go } from './go.js';
import { iamPolicy } from './iam-policy.js';
import { koocli } from './koocli.js';
import { node } from './node.js';
import { python } from './python.js';
import type { Generate } from './snippet.js';
import { terraform } from './terraform.js';

export interface Tool {
  readonly id: string;
  /** A proper name, the same in each language. */
  readonly label: string;
  readonly fileName: string;
  readonly generate: Generate;
}

export const tools: readonly Tool[] = [
  {
    id: 'request',
    label: 'JSON',
    fileName: 'create-tracker.json',
    generate: ({ draft }) => ({ code: `${JSON.stringify(draft, null, 2)}\n`, losses: [] }),
  },
  { id: 'curl', label: 'curl', fileName: 'create-tracker.sh', generate: curl },
  { id: 'koocli', label: 'KooCLI', fileName: 'create-tracker-koocli.sh', generate: koocli },
  { id: 'terraform', label: 'Terraform', fileName: 'main.tf', generate: terraform },
  { id: 'node', label: 'Node', fileName: 'create-tracker.mjs', generate: node },
  { id: 'python', label: 'Python', fileName: 'create_tracker.py', generate: python },
  { id: 'go', label: 'Go', fileName: 'main.go', generate: go },
  { id: 'iam', label: 'IAM', fileName: 'policy.json', generate: iamPolicy },
];
