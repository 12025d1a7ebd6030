// The wasm of the validators.
import { type InitOutput, imports, start } from '#glue-validators';
import source from '#wasm-validators';
import { browserEngine } from './browser.js';
import type { Engine } from './instance.js';

export const engine: Engine<InitOutput> = /* @__PURE__ */ browserEngine({ imports, start }, source);
