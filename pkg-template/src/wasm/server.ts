// The server-side wasm: signing, proxy and emulator.
import { type InitOutput, imports, start } from '#glue-server';
import source from '#wasm-server';
import { createEngine, type Engine } from './instance.js';

const engine: Engine<InitOutput> = /* @__PURE__ */ createEngine(
  { imports, start },
  source,
  'run it on a host that has WebAssembly, or let the bundler import the wasm file: by the export condition workerd or ' +
    'edge-light, in Nitro by experimental.wasm',
);

export const instance: Engine<InitOutput>['instance'] = engine.instance;
export const trapped: Engine<InitOutput>['trapped'] = engine.trapped;
export const warmup: () => Promise<void> = engine.warmup;
