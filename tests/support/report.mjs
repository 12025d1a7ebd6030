// Runs cases in a runtime without a test runner. Prints a line of JSON for each.

/** @param {[string, () => Promise<void>][]} cases */
export async function report(cases, write = (/** @type {string} */ line) => console.log(line)) {
  for (const [name, body] of cases) {
    let error = null;
    try {
      await body();
    } catch (cause) {
      error = cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause);
    }
    write(JSON.stringify({ case: name, error }));
  }
}
