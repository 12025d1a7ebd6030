// The browser's wasm files: of the validators, and of the client. Where they are one file, they share its instance.
import { createEngine, type Engine, type Glue, type WasmSource } from './instance.js';

/** Those that the bundle contains. */
const engines: Map<WasmSource, Engine<unknown>> = /* @__PURE__ */ new Map();

export function browserEngine<Exports>(glue: Glue<Exports>, source: WasmSource): Engine<Exports> {
  const engine = engines.get(source) ?? createEngine(glue, source, 'import cts-tracker/js');
  engines.set(source, engine);
  return engine as Engine<Exports>;
}

/** Compiles the wasm before the first call. Only Chromium before 115 needs it. */
export const warmup: () => Promise<void> = async () => {
  await Promise.all([...engines.values()].map((engine) => engine.warmup()));
};

/** Starts now, or returns a promise of it where that must not be synchronous. */
export function ready(): Promise<unknown> | undefined {
  const starting = [...engines.values()].flatMap((engine) => engine.ready() ?? []);
  return starting.length > 0 ? Promise.all(starting) : undefined;
}
