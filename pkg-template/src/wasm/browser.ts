// The browser wasm: validators and client.
import { __wbg_reset_state, type InitOutput, initSync } from '#glue-browser';
import source from '#wasm-browser';
import { createEngine, type Engine } from './instance.js';

const engine: Engine<InitOutput> = /* @__PURE__ */ createEngine(initSync, __wbg_reset_state, source);

export const { instance, isLive, call, trapped, warmup }: Engine<InitOutput> = engine;
