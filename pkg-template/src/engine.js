// The browser wasm: validators and client.
import { __wbg_reset_state, initSync } from '#glue';
import { compile, compileAsync } from '#wasm';
import { createEngine } from './make-engine.js';

const engine = /* @__PURE__ */ createEngine(initSync, __wbg_reset_state, { compile, compileAsync });

export const { instance, call, trapped, warmup } = engine;
