// Options of the proxy and the emulator, before they become JSON, in which a function or NaN would be lost.

export const isText = (value) => typeof value === 'string';

/** A list of what fits, or nothing. */
export const isList = (value, fits) =>
  value === undefined || value === null || (Array.isArray(value) && Array.from(value).every(fits));

/** A number that the wasm can count to, or nothing. */
export const isCount = (value, least) =>
  value === undefined || value === null || (Number.isInteger(value) && value >= least && value <= 0xffffffff);
