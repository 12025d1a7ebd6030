import type { Schema } from "./index.js";
export interface FieldRule {
    validator(rule: any, value: unknown): any;
}
export function fieldRule(schema: Schema<any, any>): FieldRule;
export function fieldRule(schema: Schema<any, any>, path: string | readonly (string | number)[], values: () => unknown): FieldRule;
