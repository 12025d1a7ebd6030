import { fields, statuses } from '../generated/keys.js';
import { serviceTexts } from '../messages/catalogues.js';
import { compileService } from '../messages/messages.js';

/**
 * The codes of the service and of the gateway before it: `{ 'CTS.0231': { status, field, meaning: { en, 'zh-CN' } } }`.
 * A code of the gateway stands under `APIGW.`, however the gateway spells it (`APIG.`).
 */
export const errorCodes = /* @__PURE__ */ table();

function table() {
  const codes = {};
  const [status, field] = [statuses, fields].map((all) => all.split(' '));
  const texts = Object.keys(serviceTexts).map((locale) => [locale, compileService(locale).serviceCodes]);
  Object.keys(texts[0][1]).forEach((code, at) => {
    const entry = {
      meaning: Object.freeze(Object.fromEntries(texts.map(([locale, meanings]) => [locale, meanings[code]]))),
    };
    if (status[at]) entry.status = +status[at];
    if (field[at]) entry.field = field[at];
    codes[code] = Object.freeze(entry);
  });
  return Object.freeze(codes);
}
