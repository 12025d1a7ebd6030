// The server-side wasm: signing, proxy and emulator.
import * as glue from '#glue-server';
import source from '#wasm-server';
import { createEngine } from './instance.js';

const engine = /* @__PURE__ */ createEngine(glue.initSync, glue.__wbg_reset_state, source);

export const { instance, trapped, warmup } = engine;

/** Calls exports of the wasm: `call((wasm) => wasm.sign(…))`. What they throw is a fault in the instance. */
export const call = (body) => engine.call(() => body(glue));
