// The server-side wasm: signing, proxy and emulator.
import * as glue from '#glue-server';
import source from '#wasm-server';
import { createEngine, type Engine } from './instance.js';

const engine: Engine<glue.InitOutput> = /* @__PURE__ */ createEngine(glue.initSync, glue.__wbg_reset_state, source);

export const instance: Engine<glue.InitOutput>['instance'] = engine.instance;
export const trapped: Engine<glue.InitOutput>['trapped'] = engine.trapped;
export const warmup: () => Promise<void> = engine.warmup;

/** Calls exports of the wasm: `call((wasm) => wasm.sign(…))`. Whatever they throw counts as a trap. */
export const call = <T>(body: (wasm: typeof glue) => T): T => engine.call(() => body(glue));
