// Writes pkg-template/generated/keys.js and texts.*.js: the catalogues of pkg-template/locales with their keys apart, once
// for all locales, which compresses better by 1 kB. `unfold` in pkg-template/src/messages.js puts them together again.
import { Failure } from './common.mjs';

/** What only a failed call needs: bundles that only validate leave it out. */
const OF_SERVICE = ['errorKinds', 'serviceCodes'];

/**
 * @param {Record<string, object>} catalogues by locale
 * @param {Record<string, { status: number, field: string | null }>} codes what the Rust code knows of the service's codes
 * @returns {Record<string, string>} the modules by their names
 */
export function texts(catalogues, codes) {
  const [[, first], ...others] = Object.entries(catalogues);
  const [keys] = parts(first);
  for (const [locale, catalogue] of others) {
    const [theirs] = parts(catalogue);
    const at = keys.flat().findIndex((key, i) => key !== theirs.flat()[i]);
    if (at >= 0 || theirs.flat().length > keys.flat().length) {
      throw new Failure(
        `${locale}.json must have the keys of ${first.locale}.json, in their order: see “${keys.flat()[at] ?? theirs.flat().at(-1)}”`,
      );
    }
  }
  const known = Object.keys(first.serviceCodes).map((code) => codes[code] ?? {});
  return {
    'keys.js': module({
      issueKeys: keys[0].join(' '),
      serviceKeys: keys[1].join(' '),
      // In the order of `serviceCodes`.
      statuses: known.map(({ status }) => status ?? '').join(' '),
      fields: known.map(({ field }) => field ?? '').join(' '),
    }),
    ...Object.fromEntries(
      Object.entries(catalogues).map(([locale, catalogue]) => {
        const [, [issue, service]] = parts(catalogue);
        return [`texts.${locale}.js`, module({ issue: issue.join('\n'), service: service.join('\n') })];
      }),
    ),
  };
}

/** The keys and the texts, each of issues and of the service: `section/` begins a section, `:subject` repeats a code. */
function parts(catalogue) {
  const keys = [[], []];
  const lines = [[], []];
  const put = (part, key, text) => {
    if (/\s/.test(key) || key.endsWith('/') || /\n/.test(text))
      throw new Failure(`“${key}” of ${catalogue.locale}.json: no space in a key, one line a text`);
    keys[part].push(key);
    lines[part].push(text);
  };
  let code;
  for (const [key, value] of Object.entries(catalogue)) {
    const part = OF_SERVICE.includes(key) ? 1 : 0;
    if (typeof value === 'object') {
      keys[part].push(`${key}/`);
      for (const [name, text] of Object.entries(value)) put(part, name, text);
    } else if (key.startsWith(`${code}:`)) put(part, key.slice(code.length), value);
    else put(part, (code = key), value);
  }
  return [keys, lines];
}

function module(values) {
  const lines = Object.entries(values).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
  return `// Written by the build from pkg-template/locales and the Rust sources.\n${lines.join('')}`;
}
