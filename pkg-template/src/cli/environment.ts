// The environment variables, under the names that the vendor's SDKs use, and the files that they may name instead.

import { readFile } from 'node:fs/promises';
import { own } from '../options.js';
import type { Credentials } from '../server/signing.js';
import { asError, CliError } from './cli-error.js';
import type { Shell } from './command.js';
import type { TextKey } from './texts.js';

export const VARIABLES = {
  accessKeyId: ['HUAWEICLOUD_SDK_AK', 'CLOUD_SDK_AK'],
  secretAccessKey: ['HUAWEICLOUD_SDK_SK', 'CLOUD_SDK_SK'],
  securityToken: ['HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  projectId: ['HUAWEICLOUD_SDK_PROJECT_ID'],
  domainId: ['HUAWEICLOUD_SDK_DOMAIN_ID'],
} as const;

export const KEYS = ['accessKeyId', 'secretAccessKey', 'securityToken'] as const;

type Setting = keyof typeof VARIABLES;
type Key = (typeof KEYS)[number];

/** The proxy fetches keys five minutes before they expire, so it reads the files once a minute while it is used. */
const FILES_EXPIRE_MS = 360_000;

export const fromEnvironment = (env: NodeJS.ProcessEnv, setting: Setting): string | undefined =>
  VARIABLES[setting].map((name) => own(env, name)).find(Boolean);

/** The variable that names a file with a key, such as a mounted secret. */
export function fileVariable(env: NodeJS.ProcessEnv, setting: Setting): string | undefined {
  return VARIABLES[setting].map((name) => `${name}_FILE`).find((name) => own(env, name));
}

/** The names of the variables that are not set. */
export const missingVariables = (env: NodeJS.ProcessEnv, settings: readonly Setting[]): string[] =>
  settings
    .filter((setting) => !fromEnvironment(env, setting) && !fileVariable(env, setting))
    .map((setting) => VARIABLES[setting][0]);

/** A key from its variable, or from the file that a variable names. Of a file, the white space around it is dropped. */
async function readKey({ env, t }: Shell, key: Key): Promise<string | undefined> {
  const value = fromEnvironment(env, key);
  const variable = fileVariable(env, key);
  if (variable === undefined) return value;
  if (value !== undefined) throw new CliError(t('keys.twice', { variable }), { code: 'credentials' });
  const path = own(env, variable) ?? '';
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CliError(t('keys.file', { path, variable, code: asError(error).code ?? '' }), { code: 'credentials' });
  }
  return text.trim() || undefined;
}

/** `advice` is the error text: it says what to do without keys. */
async function readKeys(shell: Shell, advice: TextKey): Promise<Credentials> {
  const [accessKeyId, secretAccessKey, securityToken] = await Promise.all(KEYS.map((key) => readKey(shell, key)));
  if (!accessKeyId || !secretAccessKey) {
    const absent = [accessKeyId ? [] : VARIABLES.accessKeyId[0], secretAccessKey ? [] : VARIABLES.secretAccessKey[0]];
    const names = absent.flat().join(shell.t('comma'));
    throw new CliError(shell.t(advice, { names }), { code: 'credentials' });
  }
  return { accessKeyId, secretAccessKey, securityToken };
}

/** The keys. If some of them are in files, a function that reads the files again, because secrets are replaced there. */
export async function credentialsFrom(
  shell: Shell,
  advice: TextKey,
): Promise<Credentials | (() => Promise<Credentials & { expiresAt: number }>)> {
  const keys = await readKeys(shell, advice);
  if (!KEYS.some((key) => fileVariable(shell.env, key))) return keys;
  return async () => ({ ...(await readKeys(shell, advice)), expiresAt: Date.now() + FILES_EXPIRE_MS });
}
