#!/usr/bin/env node
// The command line. It loads the other entries on demand: `validate` never starts the server's wasm.
import { run } from '../cli/main.js';

process.exitCode = await run(process.argv.slice(2), {
  core: () => import('./index.js'),
  proxy: () => import('./proxy.js'),
  emulator: () => import('./emulator.js'),
  node: () => import('./node.js'),
});
