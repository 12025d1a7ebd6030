// In the place of catalogues.js in `cts-tracker/en`.
import * as en from '../generated/texts.en.js';

export const issueTexts = { en: en.issue };
export const serviceTexts = { en: en.service };
