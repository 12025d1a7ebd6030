import type { Schema } from "./index.js";
export function toTypedSchema<Input, Output>(schema: Schema<Input, Output>): {
    readonly __type: "VVTypedSchema";
    parse(values: Input): Promise<{
        value?: Output;
        errors: {
            path?: string;
            errors: string[];
        }[];
    }>;
};
