// How the exports of the server's wasm are called: what a call throws, and what becomes of an object after a trap.
import type { Failure } from '#glue-server';
import { call, instance } from '../wasm/server.js';
import { invalidOption } from './options.js';

// An export that refuses its arguments throws a plain object; glue and traps throw errors.
const isFailure = (cause: unknown): cause is Failure =>
  typeof cause === 'object' && cause !== null && !(cause instanceof Error) && 'code' in cause && 'message' in cause;

/** Runs exports. A `Failure` becomes a `TypeError` with its code; anything else that is thrown replaces the instance. */
export function run<Result>(body: () => Result): Result {
  let failure: Failure | undefined;
  const result = call(() => {
    try {
      return body();
    } catch (cause) {
      if (!isFailure(cause)) throw cause;
      failure = cause;
      return undefined;
    }
  });
  if (failure !== undefined) throw invalidOption(failure.code, failure.message);
  return result as Result;
}

/** Runs a function with an object that lives in the wasm. */
export type Use<Resident> = <Result>(body: (resident: Resident) => Result) => Result;

/**
 * Creates an object of the wasm, now and again before its next use when a trap has replaced the instance.
 * @param restarted called before it is created again
 */
export function resident<Resident>(create: () => Resident, restarted?: () => void): Use<Resident> {
  let home = instance();
  let object = run(create);
  return (body) => {
    if (home !== instance()) {
      restarted?.();
      home = instance();
      object = run(create);
    }
    return run(() => body(object));
  };
}
