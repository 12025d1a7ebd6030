// Paths as the libraries spell them.
export { formatPath } from 'cts-tracker';

/** The steps of a path in dot or bracket spelling, indexes as numbers. */
export const parse = (path) =>
  path
    .replaceAll(']', '')
    .split(/[.[]/)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
