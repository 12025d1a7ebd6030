// Checks of options. An invalid option throws a `TypeError` that names it.

/** The error of an invalid option. */
export function invalidOption(message: string, code = 'invalid_options'): TypeError & { code: string } {
  return Object.assign(new TypeError(message), { code });
}

/** The object's own property. An inherited one may come from a polluted `Object.prototype`. */
export function own<T extends object, Name extends keyof T>(object: T, name: Name): T[Name] | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A copy of the object's own properties without a prototype, so that nothing inherited is read from it. */
export function ownProperties<T extends object>(object: T): T {
  return Object.assign(Object.create(null), object);
}

/** The own properties of options, or of a group of them. */
export function objectOption<T extends object>(value: T | null | undefined, name = 'options'): Partial<T> {
  if (value === undefined || value === null) return Object.create(null);
  if (typeof value !== 'object') throw invalidOption(`${name} must be an object`);
  return ownProperties(value);
}

export function functionOption<T extends (...args: never[]) => unknown>(
  value: T | null | undefined,
  name: string,
): T | undefined {
  if (value === undefined || value === null || typeof value === 'function') return value ?? undefined;
  throw invalidOption(`${name} must be a function`);
}

export function booleanOption(value: boolean | null | undefined, name: string): boolean | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  throw invalidOption(`${name} must be true or false`);
}

/** A number of milliseconds. */
export function durationOption(value: number | undefined, name: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === 'number' && value > 0) return value;
  throw invalidOption(`${name} must be a number of milliseconds above 0`);
}

export function integerOption(
  value: number | undefined,
  name: string,
  otherwise: number,
  min: number,
  max: number,
): number {
  if (value === undefined) return otherwise;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalidOption(`${name} must be a whole number from ${min} to ${max}`);
}

/** An `AbortSignal`, whoever made it. */
export function signalOption<T extends Pick<AbortSignal, 'aborted' | 'addEventListener'>>(
  value: T | null | undefined,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value.aborted === 'boolean' && typeof value.addEventListener === 'function') return value;
  throw invalidOption('signal must be an AbortSignal');
}
