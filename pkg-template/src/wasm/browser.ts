// The browser wasm: validators and client.
import { __wbg_reset_state, type InitOutput, initSync } from '#glue-browser';
import source from '#wasm-browser';
import { createEngine, type Engine } from './instance.js';

const engine: Engine<InitOutput> = /* @__PURE__ */ createEngine(initSync, __wbg_reset_state, source);

export const instance: Engine<InitOutput>['instance'] = engine.instance;
export const isLive: Engine<InitOutput>['isLive'] = engine.isLive;
export const call: Engine<InitOutput>['call'] = engine.call;
export const trapped: Engine<InitOutput>['trapped'] = engine.trapped;
/** Compiles the wasm before the first call. Calling it is optional. */
export const warmup: () => Promise<void> = engine.warmup;
