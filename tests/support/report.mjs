// Runs cases in a runtime that has no test runner, or not ours: a line of JSON for each.

/** @param {[string, () => Promise<void>][]} cases */
export async function report(cases, write = (line) => console.log(line)) {
  for (const [name, body] of cases) {
    let error = null;
    try {
      await body();
    } catch (cause) {
      error = String(cause?.stack ?? cause);
    }
    write(JSON.stringify({ case: name, error }));
  }
}
