// Finds the command, runs it, and reports how it ended.
import { parseArgs } from 'node:util';
import { own } from '../options.js';
import { asError, CliError, EXIT } from './cli-error.js';
import type { Command, Entries, Shell } from './command.js';
import { Output } from './output.js';
import { isLanguage, translator } from './texts.js';

const COMMANDS = {
  validate: async () => (await import('./validate.js')).validate,
  check: async () => (await import('./check.js')).check,
  create: async () => (await import('./create.js')).create,
  list: async () => (await import('./list.js')).list,
  proxy: async () => (await import('./proxy.js')).proxy,
  emulator: async () => (await import('./emulator.js')).emulator,
  doctor: async () => (await import('./doctor.js')).doctor,
} satisfies Record<string, () => Promise<Command>>;

const isCommand = (name: string): name is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, name);

/** Returns the exit code. */
export async function run(args: string[], load: Entries): Promise<number> {
  const { stdout, stderr, env } = process;
  const controller = new AbortController();
  // These options apply in any position, also if other arguments are wrong.
  const { values: given } = parseArgs({
    args,
    options: { help: { type: 'boolean', short: 'h' }, locale: { type: 'string' }, json: { type: 'boolean' } },
    strict: false,
  });
  const locale = own(given, 'locale');
  const language = isLanguage(locale) ? locale : 'en';
  const t = translator(language);
  const output = new Output(stdout, stderr, own(given, 'json') === true, () => controller.abort());

  /** A fault of the package. The stack may contain what the user typed, so it is shown only on request. */
  function reportFault(error: unknown) {
    const { name, message, stack = '' } = asError(error);
    output.error(new CliError(t('internal', { reason: `${name}: ${message}` }), { code: 'internal' }));
    if (own(env, 'CTS_TRACKER_DEBUG')) output.note(...stack.split('\n'));
    return EXIT.service;
  }
  // Node.js would print the error as it is.
  process.on('uncaughtException', (error) => process.exit(reportFault(error)));

  let interrupted = 0;
  for (const [name, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(name, () => {
      // A second signal does not wait for the request in flight.
      if (interrupted) process.exit(128 + number);
      interrupted = number;
      controller.abort();
    });
  }

  try {
    const [first, ...rest] = args;
    if (first === undefined) {
      output.note(...t('help').split('\n'));
      return EXIT.usage;
    }
    if (first === '--version' || first === '-V') {
      await output.text((await load.core()).version);
      return EXIT.ok;
    }
    if (first === 'help' || (own(given, 'help') && (isCommand(first) || first.startsWith('-')))) {
      const topic = args.find(isCommand);
      await output.text(t(topic ? `help.${topic}` : 'help'));
      return EXIT.ok;
    }
    if (!isCommand(first)) {
      const message = first.startsWith('-') ? t('usage.commandFirst') : t('usage.command', { command: first });
      throw new CliError(message, { hint: t('usage.seeHelp') });
    }
    const command: Command = await COMMANDS[first]();
    const core = await load.core();
    const shell: Shell = {
      output,
      t,
      core,
      locale: language === 'zh-CN' ? core.zhCN : core.en,
      load,
      env,
      signal: controller.signal,
    };
    const code = await command.run(first, rest, shell);
    return interrupted && !command.runsUntilSignal ? 128 + interrupted : code;
  } catch (error) {
    if (error instanceof CliError) {
      output.error(error);
      return error.exit;
    }
    return reportFault(error);
  }
}
