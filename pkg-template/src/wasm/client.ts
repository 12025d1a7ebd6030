// The wasm of the client.
import { type InitOutput, imports, start } from '#glue-client';
import source from '#wasm-client';
import { browserEngine } from './browser.js';
import type { Engine } from './instance.js';

export const engine: Engine<InitOutput> = /* @__PURE__ */ browserEngine({ imports, start }, source);
