// The texts that come with the package, by locale: as the build lays them out, read by messages.js.
import * as en from '../generated/texts.en.js';
import * as zhCN from '../generated/texts.zh-CN.js';

export const issueTexts = { en: en.issue, 'zh-CN': zhCN.issue };
export const serviceTexts = { en: en.service, 'zh-CN': zhCN.service };
