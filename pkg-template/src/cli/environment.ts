// The environment variables, under the names that the vendor's SDKs use.
import { CliError } from './cli-error.js';
import type { Context } from './command.js';
import type { TextKey } from './texts.js';

export const VARIABLES = {
  accessKeyId: ['HUAWEICLOUD_SDK_AK', 'CLOUD_SDK_AK'],
  secretAccessKey: ['HUAWEICLOUD_SDK_SK', 'CLOUD_SDK_SK'],
  securityToken: ['HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  projectId: ['HUAWEICLOUD_SDK_PROJECT_ID'],
  domainId: ['HUAWEICLOUD_SDK_DOMAIN_ID'],
} as const;

export type Setting = keyof typeof VARIABLES;

export const fromEnvironment = (env: NodeJS.ProcessEnv, setting: Setting): string | undefined =>
  VARIABLES[setting].map((name) => env[name]).find(Boolean);

/** `advice` is the error text: it says what to do without keys. */
export function credentialsFrom(
  { env, t }: Pick<Context, 'env' | 't'>,
  advice: TextKey,
): { accessKeyId: string; secretAccessKey: string; securityToken?: string } {
  const accessKeyId = fromEnvironment(env, 'accessKeyId');
  const secretAccessKey = fromEnvironment(env, 'secretAccessKey');
  if (!accessKeyId || !secretAccessKey) {
    const missing = [
      ...(accessKeyId ? [] : [VARIABLES.accessKeyId[0]]),
      ...(secretAccessKey ? [] : [VARIABLES.secretAccessKey[0]]),
    ];
    throw new CliError(t(advice, { names: missing.join(t('comma')) }), { code: 'credentials' });
  }
  const securityToken = fromEnvironment(env, 'securityToken');
  return { accessKeyId, secretAccessKey, ...(securityToken && { securityToken }) };
}
