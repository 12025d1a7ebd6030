/** A number with its noun: `1 error`, `2 errors`. */
export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
