// Controls the emulator behind the console: its next faults, its buckets and keys, and its log. It needs no DOM and no
// server: `npm start` offers it to the page by a route of its own, and a page can have it itself.
import type { CtsEmulator, EmulatorBucket, EmulatorOptions, EmulatorRequest } from 'cts-tracker/emulator';

export type Operation = NonNullable<EmulatorRequest['operation']>;

/** A fault that waits for its requests. */
export interface PlannedFault {
  /** In the emulator's short form: `429; retry-after=5`. */
  readonly fault: string;
  /** Undefined: any operation. */
  readonly operation?: Operation | undefined;
  /** How many more requests it applies to. */
  readonly times: number;
}

export interface EmulatorSnapshot {
  readonly faults: readonly PlannedFault[];
  readonly buckets: readonly EmulatorBucket[];
  readonly keys: readonly string[];
  readonly trackers: number;
  /** The newest first. */
  readonly requests: readonly EmulatorRequest[];
  readonly requestCount: number;
}

export type EmulatorCommand =
  | ({ readonly type: 'plan' } & PlannedFault)
  | { readonly type: 'clear' | 'reset' }
  | { readonly type: 'add-bucket'; readonly name: string; readonly location: string }
  | { readonly type: 'remove-bucket'; readonly name: string }
  | { readonly type: 'add-key' | 'remove-key'; readonly key: string };

/** A command that cannot be executed. Its message is for developers; the page checks its fields itself. */
export class CommandError extends Error {}

const SHOWN_REQUESTS = 50;
const MAX_FAULTS = 100;
/** How many requests one fault can apply to. */
export const MAX_TIMES = 1000;
const OPERATIONS: readonly Operation[] = ['createTracker', 'checkObsBuckets', 'listTrackers'];

export const emulatorOperations: readonly Operation[] = OPERATIONS;

function operationOf(method: string, path: string): Operation | undefined {
  if (method === 'POST' && /\/tracker$/.test(path)) return 'createTracker';
  if (method === 'POST' && /\/checkbucket$/.test(path)) return 'checkObsBuckets';
  return method === 'GET' && /\/trackers$/.test(path) ? 'listTrackers' : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 1000)
    throw new CommandError(`${name} must be a text`);
  return value.trim();
}

type Create = (options: EmulatorOptions) => CtsEmulator;
type Initial = Pick<EmulatorSnapshot, 'buckets' | 'keys'>;

export class EmulatorControl {
  readonly #create: Create;
  readonly #initial: Initial;
  #buckets: readonly EmulatorBucket[];
  #keys: readonly string[];
  #faults: PlannedFault[] = [];
  #emulator: CtsEmulator;

  constructor(create: Create, initial: Initial) {
    this.#create = create;
    this.#initial = initial;
    this.#buckets = initial.buckets;
    this.#keys = initial.keys;
    this.#emulator = create(initial);
  }

  /** The emulator as it is now. Another one replaces it when its buckets or keys change. */
  get emulator(): CtsEmulator {
    return this.#emulator;
  }

  /** The fault for a request, for the header `x-emulator-fault`. `target` may have a query. */
  takeFault(method: string, target: string): string | undefined {
    const operation = operationOf(method, target.split('?', 1)[0] ?? '');
    const next = this.#faults.find((planned) => planned.operation === undefined || planned.operation === operation);
    if (!next) return undefined;
    this.#faults = this.#faults.flatMap((planned) => {
      if (planned !== next) return [planned];
      return planned.times > 1 ? [{ ...planned, times: planned.times - 1 }] : [];
    });
    return next.fault;
  }

  read(): EmulatorSnapshot {
    const { trackers, requests, requestCount } = this.#emulator.state();
    return {
      faults: this.#faults,
      buckets: this.#buckets,
      keys: this.#keys,
      trackers: trackers.length,
      requests: requests.slice(-SHOWN_REQUESTS).reverse(),
      requestCount,
    };
  }

  /** Executes a command. Throws a `CommandError` if it cannot. */
  run(command: unknown): EmulatorSnapshot {
    if (!isObject(command)) throw new CommandError('a command must be an object');
    const { type } = command;
    if (type === 'plan') this.#plan(command);
    else if (type === 'clear') this.#faults = [];
    else if (type === 'reset') this.#restart(this.#initial);
    else if (type === 'add-bucket' || type === 'remove-bucket') this.#changeBuckets(command);
    else if (type === 'add-key' || type === 'remove-key') this.#changeKeys(command);
    else throw new CommandError(`unknown command: ${String(type)}`);
    return this.read();
  }

  #plan({ fault: given, operation, times }: Readonly<Record<string, unknown>>): void {
    const fault = textOf(given, 'fault');
    const known = OPERATIONS.find((name) => name === operation);
    if (operation !== undefined && known === undefined) throw new CommandError('unknown operation');
    if (typeof times !== 'number' || !Number.isInteger(times) || times < 1 || times > MAX_TIMES)
      throw new CommandError(`times must be a whole number from 1 to ${MAX_TIMES}`);
    if (this.#faults.length >= MAX_FAULTS) throw new CommandError('too many faults');
    // The emulator itself knows which faults there are.
    this.#try({ faults: [fault] });
    this.#faults = [...this.#faults, { fault, operation: known, times }];
  }

  #changeBuckets({ type, name: given, location }: Readonly<Record<string, unknown>>): void {
    const name = textOf(given, 'name');
    const others = this.#buckets.filter((bucket) => bucket.name !== name);
    const added = type === 'add-bucket' ? [{ name, location: textOf(location, 'location') }] : [];
    this.#restart({ buckets: [...others, ...added], keys: this.#keys });
  }

  #changeKeys({ type, key: given }: Readonly<Record<string, unknown>>): void {
    const key = textOf(given, 'key');
    const others = this.#keys.filter((each) => each !== key);
    this.#restart({ buckets: this.#buckets, keys: type === 'add-key' ? [...others, key] : others });
  }

  #restart({ buckets, keys }: Initial): void {
    this.#emulator = this.#try({ buckets, keys });
    this.#buckets = buckets;
    this.#keys = keys;
    this.#faults = [];
  }

  #try(options: EmulatorOptions): CtsEmulator {
    try {
      return this.#create(options);
    } catch (error) {
      throw new CommandError(error instanceof Error ? error.message : String(error));
    }
  }
}
