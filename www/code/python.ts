// The vendor's Python SDK.
import { type Generate, isObject } from './snippet.js';
import { sdkLosses } from './vendor-sdk.js';

/** The classes of nested objects, by the names of their fields. */
const CLASSES: Readonly<Record<string, string>> = {
  obs_info: 'TrackerObsInfo',
  data_bucket: 'DataBucket',
  management_event_selector: 'ManagementEventSelector',
};

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return JSON.stringify(value);
}

function construct(name: string, fields: Readonly<Record<string, unknown>>, indent: string): string {
  const lines = Object.entries(fields).map(([key, value]) => {
    const type = CLASSES[key];
    const text = type !== undefined && isObject(value) ? construct(type, value, `${indent}    `) : literal(value);
    return `${indent}    ${key}=${text},\n`;
  });
  return `${name}(\n${lines.join('')}${indent})`;
}

export const python: Generate = ({ draft, projectId, region }) => {
  const used = Object.entries(CLASSES).flatMap(([key, name]) => (isObject(draft[key]) ? [name] : []));
  const imports = ['CreateTrackerRequest', 'CreateTrackerRequestBody', 'CtsClient', ...used].toSorted();
  const credentials = ['os.environ["HUAWEICLOUD_SDK_AK"]', 'os.environ["HUAWEICLOUD_SDK_SK"]'];
  if (projectId !== '') credentials.push(JSON.stringify(projectId));
  return {
    code: `# pip install huaweicloudsdkcts
import os

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcts.v3 import (
${imports.map((name) => `    ${name},\n`).join('')})
from huaweicloudsdkcts.v3.region.cts_region import CtsRegion

client = (
    CtsClient.new_builder()
    .with_credentials(BasicCredentials(${credentials.join(', ')}))
    .with_region(CtsRegion.value_of(${JSON.stringify(region)}))
    .build()
)
request = CreateTrackerRequest(
    body=${construct('CreateTrackerRequestBody', draft, '    ')}
)
print(client.create_tracker(request).id)
`,
    losses: sdkLosses(draft),
  };
};
