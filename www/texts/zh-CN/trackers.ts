// The texts of the page "Trackers".
import type { trackers as english } from '../en/trackers.js';
import type { TextsLike } from '../texts-like.js';

export const trackers: TextsLike<typeof english> = {
  'trackers.heading': '追踪器',
  'trackers.lead': '该项目的追踪器。',
};
