// The tools and languages that a request is written for, in the order of their tabs.
import type { PlainTextKey } from '../i18n.js';
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
  readonly label: PlainTextKey;
  readonly fileName: string;
  readonly generate: Generate;
}

/** The request itself. */
export const requestTool: Tool = {
  id: 'request',
  label: 'code.tab.request',
  fileName: 'create-tracker.json',
  generate: ({ draft }) => ({ code: `${JSON.stringify(draft, null, 2)}\n`, losses: [] }),
};

export const tools: readonly Tool[] = [
  requestTool,
  { id: 'curl', label: 'code.tab.curl', fileName: 'create-tracker.sh', generate: curl },
  { id: 'koocli', label: 'code.tab.koocli', fileName: 'create-tracker-koocli.sh', generate: koocli },
  { id: 'terraform', label: 'code.tab.terraform', fileName: 'main.tf', generate: terraform },
  { id: 'node', label: 'code.tab.node', fileName: 'create-tracker.mjs', generate: node },
  { id: 'python', label: 'code.tab.python', fileName: 'create_tracker.py', generate: python },
  { id: 'go', label: 'code.tab.go', fileName: 'main.go', generate: go },
  { id: 'iam', label: 'code.tab.iam', fileName: 'policy.json', generate: iamPolicy },
];
