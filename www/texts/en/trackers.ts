// The texts of the page "Trackers".
export const trackers = {
  'trackers.heading': 'Trackers',
  'trackers.lead': 'The trackers of the project. This page only reads.',
  'trackers.refresh': 'Refresh',
  'trackers.loading': 'Loading trackers…',
  'trackers.count': 'Trackers: {n}',
  'trackers.notAllowed': 'The proxy does not allow lookups. Start it with --allow-lookup, or set allowLookup.',
  'trackers.failed': 'The trackers could not be listed: {reason}',
  'trackers.name': 'Name',
  'trackers.type': 'Type',
  'trackers.status': 'Status',
  'trackers.bucket': 'Transfer bucket',
  'trackers.created': 'Created',
  'trackers.action': 'Action',
  'trackers.open': 'Open as a draft',
  'trackers.openNamed': 'Open as a draft: {name}',
} as const;
