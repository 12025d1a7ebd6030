// The environment variables, under the names that the vendor's SDKs use.

import { own } from '../options.js';
import { CliError } from './cli-error.js';
import type { Shell } from './command.js';
import type { TextKey } from './texts.js';

export const VARIABLES = {
  accessKeyId: ['HUAWEICLOUD_SDK_AK', 'CLOUD_SDK_AK'],
  secretAccessKey: ['HUAWEICLOUD_SDK_SK', 'CLOUD_SDK_SK'],
  securityToken: ['HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  projectId: ['HUAWEICLOUD_SDK_PROJECT_ID'],
  domainId: ['HUAWEICLOUD_SDK_DOMAIN_ID'],
} as const;

type Setting = keyof typeof VARIABLES;

export const fromEnvironment = (env: NodeJS.ProcessEnv, setting: Setting): string | undefined =>
  VARIABLES[setting].map((name) => own(env, name)).find(Boolean);

/** The names of the variables that are not set. */
export const missingVariables = (env: NodeJS.ProcessEnv, settings: readonly Setting[]): string[] =>
  settings.filter((setting) => !fromEnvironment(env, setting)).map((setting) => VARIABLES[setting][0]);

/** `advice` is the error text: it says what to do without keys. */
export function credentialsFrom(
  { env, t }: Shell,
  advice: TextKey,
): { accessKeyId: string; secretAccessKey: string; securityToken?: string | undefined } {
  const accessKeyId = fromEnvironment(env, 'accessKeyId');
  const secretAccessKey = fromEnvironment(env, 'secretAccessKey');
  if (!accessKeyId || !secretAccessKey) {
    const names = missingVariables(env, ['accessKeyId', 'secretAccessKey']).join(t('comma'));
    throw new CliError(t(advice, { names }), { code: 'credentials' });
  }
  return { accessKeyId, secretAccessKey, securityToken: fromEnvironment(env, 'securityToken') };
}
