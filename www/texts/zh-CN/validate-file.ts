// The texts of the page "Validate a file".
import type { validateFile as english } from '../en/validate-file.js';
import type { TextsLike } from '../texts-like.js';

export const validateFile: TextsLike<typeof english> = {
  'validateFile.heading': '校验文件',
  'validateFile.lead': '校验文件中的请求，数据不会离开此页面。',
};
