// How `toNodeHandler` reaches an emulator, without the wasm.
import type { Plan } from '#glue-server';
import { maxEmulatorBodyBytes } from '../generated/metadata.js';

/** Answers one request. An emulator has it under a symbol of the registry, which all copies of this package share. */
export type Handle = (method: string, target: string, headers: string, body: Uint8Array) => Plan;

export const HANDLE: unique symbol = /* @__PURE__ */ Symbol.for('cts-tracker.emulator.handle') as never;

/** The gateway refuses a longer body, whatever is in it, so the rest need not be read. */
export const MAX_READ_BYTES: number = maxEmulatorBodyBytes + 1;
