// The server-side wasm: signing, proxy and emulator.
import { __wbg_reset_state, type InitOutput, initSync } from '#glue-server';
import source from '#wasm-server';
import { createEngine, type Engine } from './instance.js';

const engine: Engine<InitOutput> = /* @__PURE__ */ createEngine(initSync, __wbg_reset_state, source);

export const instance: Engine<InitOutput>['instance'] = engine.instance;
export const trapped: Engine<InitOutput>['trapped'] = engine.trapped;
export const warmup: () => Promise<void> = engine.warmup;
