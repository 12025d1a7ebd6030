// What every command has in common: its options, its files, and what it may use.
import type * as Core from '../entries/index.js';
import type { Locale } from '../messages/locale.js';
import { CliError } from './cli-error.js';
import { COMMON, type Options, parseOptions, type Values } from './options.js';
import type { Output } from './output.js';
import type { Translate } from './texts.js';

/** The entries of the package. */
export interface Entries {
  core(): Promise<typeof Core>;
  proxy(): Promise<typeof import('../entries/proxy.js')>;
  emulator(): Promise<typeof import('../entries/emulator.js')>;
  node(): Promise<typeof import('../entries/node.js')>;
}

export interface Shell {
  readonly output: Output;
  readonly t: Translate;
  readonly core: typeof Core;
  /** The language of the package's messages. */
  readonly locale: Locale;
  readonly load: Pick<Entries, 'proxy' | 'emulator' | 'node'>;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C, and when standard output is closed. */
  readonly signal: AbortSignal;
}

export interface Context<O extends Options = {}> extends Shell {
  readonly values: Values<O>;
  readonly files: readonly string[];
}

export interface Command {
  readonly options: Options;
  readonly takesFiles: boolean;
  /** A signal ends the command as intended. */
  readonly runsUntilSignal: boolean;
  run(name: string, args: string[], shell: Shell): Promise<number>;
}

interface Definition<O extends Options> {
  readonly options: O;
  readonly takesFiles?: boolean;
  readonly runsUntilSignal?: boolean;
  /** Returns the exit code. */
  run(context: Context<O>): Promise<number>;
}

export function command<const O extends Options>({
  options: own,
  takesFiles = false,
  runsUntilSignal = false,
  run,
}: Definition<O>): Command {
  const options = { ...COMMON, ...own };
  return {
    options,
    takesFiles,
    runsUntilSignal,
    run(name, args, shell) {
      const { t } = shell;
      const hint = t('usage.seeHelp', { command: ` ${name}` });
      const { values, positionals } = parseOptions(args, options, t, hint);
      if (!takesFiles && positionals.length > 0) throw new CliError(t('usage.noFiles', { command: name }));
      return run({ ...shell, values, files: positionals });
    },
  };
}

/** The file of a command that takes one. */
export function onlyFile({ files, t }: Context): string {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new CliError(t('usage.oneFile'));
  return file;
}
