// The server-side wasm: signing, proxy and emulator. A file of its own in the package, so that these share one
// instance; it has the glue too, for those who import `#glue-server`.
import * as glue from '#glue-server';
import { compile, compileAsync } from '#wasm-server';
import { createEngine } from './make-engine.js';

export * from '#glue-server';

const engine = /* @__PURE__ */ createEngine(glue.initSync, glue.__wbg_reset_state, { compile, compileAsync });

export const { instance, trapped, warmup } = engine;

/** Calls exports of the wasm: `call((wasm) => wasm.sign(…))`. What they throw is a fault in the instance. */
export const call = (body) => engine.call(() => body(glue));
