import { facts } from '../generated/facts.js';
import { catalogues } from './messages.js';

/**
 * The codes of the service and of the gateway before it: `{ 'CTS.0231': { status, field, meaning: { en, 'zh-CN' } } }`.
 * A code of the gateway stands under `APIGW.`, however the gateway spells it (`APIG.`).
 */
export const errorCodes = /* @__PURE__ */ table();

function table() {
  const codes = {};
  for (const code of Object.keys(catalogues.en.serviceCodes)) {
    const meaning = {};
    for (const [locale, { serviceCodes }] of Object.entries(catalogues)) meaning[locale] = serviceCodes[code];
    const known = Object.hasOwn(facts.serviceCodes, code) ? facts.serviceCodes[code] : {};
    const entry = { meaning: Object.freeze(meaning) };
    if (known.status !== undefined) entry.status = known.status;
    if (known.field !== undefined && known.field !== null) entry.field = known.field;
    codes[code] = Object.freeze(entry);
  }
  return Object.freeze(codes);
}
