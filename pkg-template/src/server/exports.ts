// How the exports of the server's wasm are called: what a call throws, and what becomes of an object after a trap.
import type { Failure } from '#glue-server';
import { tagOf } from '../wasm/bytes.js';
import { instance, trapped } from '../wasm/server.js';
import { invalidOption } from './options.js';

// An export that refuses its arguments throws a plain object; glue and traps throw errors.
const isFailure = (cause: unknown): cause is Failure =>
  tagOf(cause) === '[object Object]' && 'code' in Object(cause) && 'message' in Object(cause);

/** A `Failure` becomes a `TypeError` with its code; anything else that is thrown replaces the instance. */
const errorOf = (cause: unknown): unknown =>
  isFailure(cause) ? invalidOption(cause.code, cause.message) : trapped(cause);

/** Runs exports. */
export function run<Result>(body: () => Result): Result {
  instance();
  try {
    return body();
  } catch (cause) {
    throw errorOf(cause);
  }
}

/** An object that lives in the wasm. */
export interface Resident<T> {
  /** The object, created again if a trap has replaced the instance. */
  current(): T;
  /** Runs a function with it. */
  use<Result>(body: (object: T) => Result): Result;
}

/** Creates an object now, and again before its next use after a trap; then `restarted` is called first. */
export function resident<T>(create: () => T, restarted?: () => void): Resident<T> {
  let home = instance();
  let object = run(create);
  function current(): T {
    if (home !== instance()) {
      restarted?.();
      home = instance();
      object = run(create);
    }
    return object;
  }
  return {
    current,
    use(body) {
      const live = current();
      try {
        return body(live);
      } catch (cause) {
        throw errorOf(cause);
      }
    },
  };
}
