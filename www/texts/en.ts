// The texts of the console in English, a file per page. Messages about field values come from the package.
import { checkBuckets } from './en/check-buckets.js';
import { code } from './en/code.js';
import { createTracker } from './en/create-tracker.js';
import { emulator } from './en/emulator.js';
import { importing } from './en/import.js';
import { outcome } from './en/outcome.js';
import { shell } from './en/shell.js';
import { trackers } from './en/trackers.js';
import { validateFile } from './en/validate-file.js';

export const en = {
  ...shell,
  ...createTracker,
  ...outcome,
  ...checkBuckets,
  ...validateFile,
  ...trackers,
  ...code,
  ...importing,
  ...emulator,
};
