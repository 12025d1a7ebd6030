// The texts of the page "Validate a file".
export const validateFile = {
  'validateFile.heading': 'Validate a file',
  'validateFile.lead': 'Validates requests in a file. Nothing leaves this page.',
} as const;
