// The server-side wasm: signing, proxy and emulator.
import { __wbg_reset_state, initSync } from '#glue-server';
import { compile, compileAsync } from '#wasm-server';
import { createEngine } from './make-engine.js';

const engine = /* @__PURE__ */ createEngine(initSync, __wbg_reset_state, { compile, compileAsync });

export const { instance, call, callAsync, trapped, warmup } = engine;
