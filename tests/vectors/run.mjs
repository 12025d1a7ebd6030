// Runs the hand-written cases of rules/ with validators in JavaScript. It has no imports, so it works in a page too.

/** Expands `{"$repeat": ["a", 3]}`, `{"$list": [item, 3]}` and `{"$undefined": true}` at any depth. */
export function expanded(value) {
  if (Array.isArray(value)) return value.map(expanded);
  if (typeof value !== 'object' || value === null) return value;
  if (value.$undefined) return undefined;
  if (value.$repeat) return value.$repeat[0].repeat(value.$repeat[1]);
  if (value.$list) return Array.from({ length: value.$list[1] }, () => expanded(value.$list[0]));
  const out = {};
  for (const key of Object.keys(value))
    Object.defineProperty(out, key, {
      value: expanded(value[key]),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return out;
}

/** Makes a new input each time, since a `js` case may have getters with state. */
export function inputOf(test) {
  if ('js' in test) return new Function(`return (${test.js})`)();
  if ('json' in test) return JSON.parse(test.json);
  return expanded(test.input);
}

function equal(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

const bare = ({ code, path, params, serverCode }) =>
  serverCode === undefined
    ? { code, path: [...path], params: { ...params } }
    : { code, path: [...path], params: { ...params }, serverCode };

const show = (value) =>
  JSON.stringify(value, (_, v) => (typeof v === 'string' && v.length > 200 ? `${v.slice(0, 200)}…` : v))?.slice(
    0,
    1500,
  );

function expectList(test, which, one, actual, fail) {
  const count = test[`${which}Count`];
  if (count === undefined) {
    if (!equal(actual, expanded(test[which])))
      fail(`${which}: got ${show(actual)}, expected ${show(expanded(test[which]))}`);
  } else if (
    actual.length !== count ||
    !equal(actual[0], test[`first${one}`]) ||
    !equal(actual.at(-1), test[`last${one}`])
  ) {
    fail(`${which}: got ${actual.length}, from ${show(actual[0])} to ${show(actual.at(-1))}`);
  }
}

const textOf = (test) =>
  'bytes' in test ? Uint8Array.from(atob(test.bytes), (c) => c.charCodeAt(0)) : expanded(test.text);

/**
 * @param {object[]} cases
 * @param {{ validate(validator: string, input: unknown, options?: object): object,
 *   ndjson?(kind: string, text: string | Uint8Array): object }} validators
 * @returns {{ run: number, wrong: string[] }}
 */
export function runCases(cases, validators) {
  const wrong = [];
  let run = 0;
  for (const test of cases) {
    const fail = (text) => wrong.push(`${test.name}: ${text}`);
    const [name, kind] = test.validator.split(':');
    try {
      if (name === 'ndjson') {
        if (!validators.ndjson) continue;
        const report = validators.ndjson(kind, textOf(test));
        const actual = {
          ...report,
          bad: report.bad.map(({ line, issues, warnings }) => ({
            line,
            issues: issues.map(bare),
            warnings: warnings.map(bare),
          })),
        };
        if (!equal(actual, test.report)) fail(`got ${show(actual)}, expected ${show(test.report)}`);
      } else {
        const result = validators.validate(test.validator, inputOf(test), test.options);
        expectList(test, 'issues', 'Issue', (result.issues ?? []).map(bare), fail);
        if (result.warnings) expectList(test, 'warnings', 'Warning', result.warnings.map(bare), fail);
        for (const issue of [...(result.issues ?? []), ...(result.warnings ?? [])]) {
          if (typeof issue.message !== 'string' || issue.message.length < 5) fail(`no message for ${issue.code}`);
        }
        if (result.issues === undefined) {
          const expected = 'value' in test || 'js' in test ? expanded(test.value) : inputOf(test);
          if (!equal(result.value, expected)) fail(`value: got ${show(result.value)}, expected ${show(expected)}`);
          if ('value' in test && JSON.stringify(result.value) !== JSON.stringify(expected))
            fail(`order of value: got ${show(result.value)}`);
          const again = validators.validate(test.validator, result.value, test.options);
          if (again.issues || !equal(again.value, result.value)) fail(`again: ${show(again)}`);
        } else if ('value' in result) fail('both a value and issues');
      }
    } catch (error) {
      fail(`threw ${error?.stack ?? error}`);
    }
    run += 1;
  }
  return { run, wrong };
}
