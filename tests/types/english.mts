// Where there are English texts alone, no other locale is to be had; a catalogue is.

import type { CtsError as WholeError, Issue as WholeIssue, Schema as WholeSchema } from 'cts-tracker';
import { isCtsError, toFieldErrors } from 'cts-tracker';
import { fieldRule } from 'cts-tracker/async-validator';
import type { ErrorCodeInfo, Issue, Locale } from 'cts-tracker/en';
import {
  createCtsClient,
  createTrackerFormSchema,
  errorCodes,
  formatIssue,
  validateBucketName,
  validateCreateTracker,
  withOptions,
} from 'cts-tracker/en';
import { toTypedSchema } from 'cts-tracker/vee-validate';

'en' satisfies Locale;
validateBucketName('x', { locale: 'en', forCreation: true });
validateBucketName('x', { locale: { locale: 'zh-CN', too_short: '太短' } });
// @ts-expect-error no such locale here
validateBucketName('x', { locale: 'zh-CN' });
// @ts-expect-error
validateCreateTracker({}, { locale: 'zh-CN' });
// @ts-expect-error
withOptions(createTrackerFormSchema, { locale: 'zh-CN' });
// @ts-expect-error
createCtsClient({ baseUrl: '/', locale: 'zh-CN' });
declare const issue: Issue;
formatIssue(issue, 'en');
// @ts-expect-error
formatIssue(issue, 'zh-CN');
errorCodes['CTS.0231'].meaning.en satisfies string;
// @ts-expect-error
errorCodes['CTS.0231'].meaning['zh-CN'];
declare const info: ErrorCodeInfo;
// @ts-expect-error
info.meaning['zh-CN'];

// What either entry gives, the other one takes.
issue satisfies WholeIssue;
createTrackerFormSchema satisfies WholeSchema<any, any>;
fieldRule(createTrackerFormSchema, 'kms_id', () => ({}));
toTypedSchema(createTrackerFormSchema);
const found = validateCreateTracker({});
toFieldErrors(found.issues);
async function caught(): Promise<WholeError | undefined> {
  try {
    await createCtsClient({ baseUrl: '/' }).createTracker({ tracker_type: 'system' });
  } catch (error) {
    if (isCtsError(error)) return error;
  }
  return undefined;
}
