// Limits of the rules, for the peers: those that a request of the benchmarks can break.
export const BUCKET = /^[a-z0-9][a-z0-9.-]{2,62}$/;
export const PREFIX = /^[A-Za-z0-9._-]{0,64}$/;
export const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
export const DAYS = [30, 60, 90, 180, 1095];
