// The texts of the page "Trackers".
export const trackers = {
  'trackers.heading': 'Trackers',
  'trackers.lead': 'The trackers of the project.',
} as const;
