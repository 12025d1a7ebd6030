// Checks of what callers pass in, shared by the proxy, the emulator and the signer.

/** A `TypeError` with a stable `code`. The message must not contain the value, which may be a secret. */
export function invalidOption(code: string, message: string): TypeError & { code: string } {
  return Object.assign(new TypeError(message), { code });
}

/** Whether a value fits, and the words that complete "<name> must be …". */
export type Check = readonly [fits: (value: unknown) => boolean, expected: string];

/** Throws for the first option that does not fit, and for an option that is not in `checks`: a misspelt limit limits nothing. */
export function checkOptions(
  code: string,
  owner: string,
  options: object,
  checks: Readonly<Record<string, Check>>,
  prefix = '',
): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(checks, name)) throw invalidOption(code, `${owner} has no option ${JSON.stringify(name)}`);
  }
  for (const [name, [fits, expected]] of Object.entries(checks)) {
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined && value !== null && !fits(value)) {
      throw invalidOption(code, `${prefix}${name} must be ${expected}`);
    }
  }
}

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isString = (value: unknown): value is string => typeof value === 'string';

export const isFunction = (value: unknown): boolean => typeof value === 'function';

// `Array.from` also visits the holes of a sparse array.
export const isListOf =
  (fits: (item: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && Array.from(value).every(fits);

/** A whole number from `min` to the largest that Rust's `u32` holds. */
export const isCount =
  (min: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= 0xffffffff;
