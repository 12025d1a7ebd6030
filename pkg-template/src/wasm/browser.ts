// The browser wasm: validators and client.
import { __wbg_reset_state, initSync } from '#glue-browser';
import source from '#wasm-browser';
import { createEngine } from './instance.js';

const engine = /* @__PURE__ */ createEngine(initSync, __wbg_reset_state, source);

export const { instance, call, trapped, warmup } = engine;
