// `cts-tracker/en`: the same with English texts alone. `locale: 'zh-CN'` is a TypeError here, as any locale there is none
// of; a catalogue does, such as `cts-tracker/locales/zh-CN.json`.
import type { ErrorCodeInfo } from './index.js';

export * from './index.js';

/** The codes of the service (`CTS.0231`) and of the gateway before it (`APIGW.0301`, also for `APIG.0301`). */
export const errorCodes: Readonly<
  Record<string, Omit<ErrorCodeInfo, 'meaning'> & { readonly meaning: Readonly<Record<'en', string>> }>
>;
