// The pages of the console: their texts, and the modules that are loaded when a page is opened first.
import { openCreateTrackerPage } from './create-tracker/page.js';
import type { PlainTextKey } from './i18n.js';
import type { OpenPage } from './page.js';
import type { PageName } from './router.js';

interface PageEntry {
  readonly heading: PlainTextKey;
  readonly lead: PlainTextKey;
  readonly load: () => Promise<OpenPage>;
}

export const pages: Readonly<Record<PageName, PageEntry>> = {
  create: {
    heading: 'create.heading',
    lead: 'create.lead',
    load: async () => openCreateTrackerPage,
  },
  'check-buckets': {
    heading: 'checkBuckets.heading',
    lead: 'checkBuckets.lead',
    load: async () => (await import('./check-buckets/page.js')).openCheckBucketsPage,
  },
  'validate-file': {
    heading: 'validateFile.heading',
    lead: 'validateFile.lead',
    load: async () => (await import('./validate-file/page.js')).openValidateFilePage,
  },
  trackers: {
    heading: 'trackers.heading',
    lead: 'trackers.lead',
    load: async () => (await import('./trackers/page.js')).openTrackersPage,
  },
};
