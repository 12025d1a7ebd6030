import type { ErrorCodeInfo } from "./index.js";
export * from "./index.js";
export const errorCodes: Readonly<Record<string, Omit<ErrorCodeInfo, "meaning"> & {
    readonly meaning: Readonly<Record<"en", string>>;
}>>;
