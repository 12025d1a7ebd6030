// What the vendor's SDKs have in common.
import type { PlainTextKey } from '../i18n.js';
import { lossesOf, type SnippetInput } from './snippet.js';

/** Fields that SDKs before 2024 drop without an error. */
const NEWER_FIELDS = ['agency_name', 'is_organization_tracker', 'management_event_selector'];

export const sdkLosses = (draft: SnippetInput['draft']): PlainTextKey[] =>
  lossesOf([NEWER_FIELDS.some((field) => draft[field] !== undefined), 'code.sdk.older']);
