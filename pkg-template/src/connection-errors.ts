// The details of what a `fetch` threw. Whether they prove that nothing was sent is decided in
// src/client/connection_errors.rs.

export interface ConnectionError {
  code: string;
  syscall: string;
  /** The messages of the error and its causes. */
  message: string;
}

/** A longer chain of causes is a cycle. */
const MAX_DEPTH = 8;
/** An `AggregateError` may contain another one, and that may contain itself. */
const AGGREGATE_DEPTH = 4;

/** The details of an error, from its deepest cause with a code; of each error of an `AggregateError`. */
export function connectionErrors(thrown: unknown, depth = 0): ConnectionError[] {
  const details: ConnectionError = { code: '', syscall: '', message: '' };
  try {
    for (let error = thrown; error && depth < MAX_DEPTH; depth += 1) {
      // `erroredSysCall` is node-fetch's.
      const { code, syscall, erroredSysCall, message, errors, cause } = error as Record<string, unknown>;
      if (Array.isArray(errors) && errors.length > 0)
        return errors.flatMap((each) => connectionErrors(each, depth + AGGREGATE_DEPTH));
      if (typeof code === 'string') Object.assign(details, { code, syscall: text(syscall) || text(erroredSysCall) });
      details.message = [details.message, text(message)].filter(Boolean).join(': ');
      error = cause;
    }
  } catch {
    // Of a revoked proxy or a getter that throws, nothing is known.
  }
  return [details];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
