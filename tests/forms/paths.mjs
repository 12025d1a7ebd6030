// The paths of the libraries.
export { formatPath } from 'cts-tracker';

/** The steps of a path in dot or bracket spelling. Indexes are numbers. */
export const parse = (path) =>
  path
    .replaceAll(']', '')
    .split(/[.[]/)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
