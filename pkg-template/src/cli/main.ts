// Which command, with which options; what it ends with.
import { parseArgs } from 'node:util';
import { EXIT, Failure } from './failure.js';
import { FORMATS } from './input.js';
import { clean, createOutput } from './output.js';
import en from './texts.en.js';
import zhCN from './texts.zh-CN.js';

const TEXTS = { en, 'zh-CN': zhCN };
const KINDS = ['createTracker', 'checkBucket'];

const text = (more) => ({ type: 'string', ...more });
const flag = (more) => ({ type: 'boolean', default: false, ...more });
const several = () => ({ type: 'string', multiple: true, default: [] });
const COMMON = { help: flag({ short: 'h' }), locale: text({ of: Object.keys(TEXTS) }), json: flag() };
const INPUT = { input: text({ of: FORMATS }) };
const SERVICE = {
  'base-url': text(),
  region: text(),
  endpoint: text(),
  emulator: flag(),
  'project-id': text(),
  'domain-id': text(),
  timeout: text({ default: '30', number: [1, 3600] }),
  quiet: flag({ short: 'q' }),
};
const LISTEN = (port) => ({ port: text({ default: port, number: [0, 65535] }), host: text({ default: '127.0.0.1' }) });

const COMMANDS = {
  validate: {
    options: {
      ...INPUT,
      kind: text({ default: KINDS[0], of: KINDS }),
      format: text({ of: ['text', 'json'] }),
      warnings: flag(),
    },
    files: true,
    load: async () => (await import('./validate.js')).validate,
  },
  check: {
    options: {
      ...INPUT,
      ...SERVICE,
      concurrency: text({ default: '4', number: [1, 64] }),
      'batch-size': text({ default: '20', number: [1, 200] }),
    },
    files: true,
    load: async () => (await import('./check.js')).check,
  },
  create: {
    options: {
      ...INPUT,
      ...SERVICE,
      concurrency: text({ default: '1', number: [1, 16] }),
      journal: text(),
      'retry-unknown': flag(),
      'any-target': flag(),
    },
    files: true,
    load: async () => (await import('./create.js')).create,
  },
  proxy: {
    options: {
      ...LISTEN('8788'),
      region: text(),
      endpoint: text(),
      'allow-origin': several(),
      'allow-host': several(),
      project: several(),
      domain: several(),
    },
    load: async () => (await import('./proxy.js')).proxy,
  },
  emulator: {
    options: { ...LISTEN('8789'), latency: text({ default: '0', number: [0, 600000] }), fault: several() },
    load: async () => (await import('./emulator.js')).emulator,
  },
  doctor: {
    options: { region: text(), endpoint: text(), 'base-url': text(), offline: flag() },
    load: async () => (await import('./doctor.js')).doctor,
  },
};

/** @returns {Promise<number>} the exit code */
export async function run(argv, load) {
  const { stdout, stderr, env } = process;
  const stop = new AbortController();
  const output = createOutput({ stdout, stderr, json: argv.includes('--json'), onClosed: () => stop.abort() });
  // The language is known before anything can be wrong with the rest.
  const wanted = argv
    .map((arg, i) => (arg === '--locale' ? argv[i + 1] : arg.startsWith('--locale=') ? arg.slice(9) : undefined))
    .find((locale) => locale !== undefined);
  const texts = Object.hasOwn(TEXTS, wanted ?? 'en') ? TEXTS[wanted ?? 'en'] : en;
  const t = (key, params = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => params[name] ?? '');
  output.failure = (error) => {
    output.objects([{ type: 'error', code: error.code, message: error.message }]);
    output.note(`cts-tracker: ${clean(error.message)}${error.hint ? `\n${error.hint}` : ''}`);
  };

  let signalled = 0;
  for (const [name, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ]) {
    process.on(name, () => {
      // A second one does not wait for the call under way.
      if (signalled) process.exit(128 + number);
      signalled = number;
      stop.abort();
    });
  }

  try {
    const [first] = argv;
    if (first === '--version' || first === '-V') {
      stdout.write(`${(await load.core()).version}\n`);
      return EXIT.fine;
    }
    if (first === undefined) {
      stderr.write(`${t('help')}\n`);
      return EXIT.misuse;
    }
    if (['help', '--help', '-h'].includes(first) || first.startsWith('--locale')) {
      const about = argv.find((arg) => Object.hasOwn(COMMANDS, arg));
      const helps = first === 'help' || argv.some((arg) => ['--help', '-h'].includes(arg));
      if (!helps)
        throw new Failure(t('usage.commandFirst'), EXIT.misuse, { hint: t('usage.seeHelp', { command: '' }) });
      stdout.write(`${t(about ? `help.${about}` : 'help')}\n`);
      return EXIT.fine;
    }
    if (!Object.hasOwn(COMMANDS, first)) {
      throw new Failure(t('usage.command', { command: first }), EXIT.misuse, {
        hint: t('usage.seeHelp', { command: '' }),
      });
    }
    const command = COMMANDS[first];
    const { values, positionals } = parse(first, command, argv.slice(1), t);
    if (values.help) {
      stdout.write(`${t(`help.${first}`)}\n`);
      return EXIT.fine;
    }
    output.json = values.json || values.format === 'json';
    if (!command.files && positionals.length > 0) throw new Failure(t('usage.noFiles', { command: first }));
    const perform = await command.load();
    const code = await perform({
      values,
      positionals,
      output,
      t,
      load,
      env,
      locale: values.locale ?? 'en',
      signal: stop.signal,
    });
    return signalled && command.files ? 128 + signalled : code;
  } catch (error) {
    if (error instanceof Failure) {
      output.failure(error);
      return error.exit;
    }
    // A fault of ours. Its stack is for whoever asks for it, and may hold what was typed: it is not shown unasked.
    output.failure(
      new Failure(t('internal', { reason: `${error?.name ?? 'Error'}: ${error?.message ?? error}` }), EXIT.service, {
        code: 'internal',
      }),
    );
    if (env.CTS_TRACKER_DEBUG) stderr.write(`${error?.stack}\n`);
    return EXIT.service;
  }
}

function parse(name, { options }, args, t) {
  const all = { ...COMMON, ...options };
  const hint = t('usage.seeHelp', { command: ` ${name}` });
  const fail = (message) => {
    throw new Failure(message, EXIT.misuse, { hint });
  };
  const config = Object.fromEntries(Object.entries(all).map(([key, { of, number, ...option }]) => [key, option]));
  const failOf = (key, { of, number }) => {
    if (of) fail(t('usage.oneOf', { option: `--${key}`, values: of.join(t('comma')) }));
    if (number) fail(t('usage.number', { option: `--${key}`, least: number[0], most: number[1] }));
  };
  let parsed;
  try {
    parsed = parseArgs({ args, options: config, allowPositionals: true });
  } catch (error) {
    // No value, or one that begins with a dash: what it can be says more than that.
    const [, key] = /'(?:-\w, )?--([\w-]+)/.exec(error.message) ?? [];
    if (Object.hasOwn(all, key)) failOf(key, all[key]);
    // The first sentence says what is wrong; it has the option's name, not its value. What follows may be on a line of its own.
    fail(error.message.split(/\.\s/, 1)[0]);
  }
  const { values, positionals } = parsed;
  if (values.help) return parsed;
  for (const [key, { of, number }] of Object.entries(all)) {
    const value = values[key];
    if (value === undefined) continue;
    if (of && !of.includes(value)) failOf(key, { of });
    if (number) {
      const [least, most] = number;
      if (!/^\d{1,6}$/.test(value) || Number(value) < least || Number(value) > most) failOf(key, { number });
      values[key] = Number(value);
    }
  }
  return { values, positionals };
}
