// The browser wasm: validators and client.
import { type InitOutput, imports, start } from '#glue-browser';
import source from '#wasm-browser';
import { createEngine, type Engine } from './instance.js';

const engine: Engine<InitOutput> = /* @__PURE__ */ createEngine({ imports, start }, source, 'import cts-tracker/js');

export const instance: Engine<InitOutput>['instance'] = engine.instance;
export const isLive: Engine<InitOutput>['isLive'] = engine.isLive;
export const call: Engine<InitOutput>['call'] = engine.call;
export const ready: Engine<InitOutput>['ready'] = engine.ready;
export const trapped: Engine<InitOutput>['trapped'] = engine.trapped;
/** Compiles the wasm before the first call. Only Chromium before 115 needs it. */
export const warmup: () => Promise<void> = engine.warmup;
