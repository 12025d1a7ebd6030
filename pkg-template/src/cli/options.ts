// The options of the commands, as `node:util` parses them, and the values they may have.
import { parseArgs } from 'node:util';
import { own, ownProperties } from '../options.js';
import { asError, CliError } from './cli-error.js';
import type { Translate } from './texts.js';

interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  readonly default?: string;
  readonly multiple?: boolean;
  /** The words that are allowed. */
  readonly choices?: readonly string[];
  /** The value is an integer in this range. */
  readonly range?: readonly [min: number, max: number];
}
export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { multiple: true }
    ? readonly string[]
    :
        | (O extends { range: readonly number[] } ? number : O extends { choices: readonly (infer W)[] } ? W : string)
        | (O extends { default: string } ? never : undefined);
export type Values<O extends Options> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

export const COMMON = {
  help: { type: 'boolean', short: 'h' },
  locale: { type: 'string', choices: ['en', 'zh-CN'] },
  json: { type: 'boolean' },
} as const;

export const INPUT = { input: { type: 'string', choices: ['ndjson', 'json', 'yaml'] } } as const;

/** Of the commands that send requests. */
export const ALLOW_UNKNOWN = { 'allow-unknown': { type: 'boolean' } } as const;

/** Of a service that exists before the command. */
export const REMOTE = {
  'base-url': { type: 'string' },
  region: { type: 'string' },
  endpoint: { type: 'string' },
  'project-id': { type: 'string' },
  timeout: { type: 'string', default: '30', range: [1, 3600] },
} as const;

export const SERVICE = {
  ...REMOTE,
  emulator: { type: 'boolean' },
  'domain-id': { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

export const LISTEN = {
  port: { type: 'string', range: [0, 65535] },
  host: { type: 'string', default: '127.0.0.1' },
} as const;

/** Parses the arguments after the command's name. The message of an error names the option, never its value. */
export function parseOptions<O extends Options>(
  args: string[],
  options: O,
  t: Translate,
  hint: string,
): { values: Values<O>; positionals: string[] } {
  const refuse = (name: string, { choices, range }: Option) => {
    const option = `--${name}`;
    if (choices) throw new CliError(t('usage.oneOf', { option, values: choices.join(t('comma')) }), { hint });
    if (range) throw new CliError(t('usage.number', { option, min: range[0], max: range[1] }), { hint });
  };

  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const { message } = asError(error);
    // For a value that is missing or begins with a dash, the allowed values are the better message.
    const [, name = ''] = /'(?:-\w, )?--([\w-]+)/.exec(message) ?? [];
    const option = own(options, name);
    if (option) refuse(name, ownProperties(option));
    throw new CliError(message.split(/\.\s/, 1)[0] ?? message, { hint });
  }

  const values: Record<string, unknown> = ownProperties(parsed.values);
  for (const [name, definition] of Object.entries<Option>(options)) {
    const option = ownProperties(definition);
    const value = values[name];
    if (option.type === 'boolean') values[name] = value === true;
    else if (option.multiple) values[name] = value ?? [];
    else if (typeof value === 'string') {
      if (option.choices && !option.choices.includes(value)) refuse(name, option);
      if (option.range) {
        const [min, max] = option.range;
        const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
        if (!(number >= min && number <= max)) refuse(name, option);
        values[name] = number;
      }
    }
  }
  // The loop has given each value the type that its option declares.
  return { values: values as Values<O>, positionals: parsed.positionals };
}
