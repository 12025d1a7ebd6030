// The texts of the console in Simplified Chinese, without spaces between Chinese and Latin characters.
import type { en } from './en.js';
import type { TextsLike } from './texts-like.js';
import { checkBuckets } from './zh-CN/check-buckets.js';
import { code } from './zh-CN/code.js';
import { createTracker } from './zh-CN/create-tracker.js';
import { emulator } from './zh-CN/emulator.js';
import { importing } from './zh-CN/import.js';
import { outcome } from './zh-CN/outcome.js';
import { shell } from './zh-CN/shell.js';
import { trackers } from './zh-CN/trackers.js';
import { validateFile } from './zh-CN/validate-file.js';

export const zhCN: TextsLike<typeof en> = {
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
