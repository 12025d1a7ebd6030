#!/usr/bin/env node
// The command line. What a command does not need is not loaded: `validate` never starts the server-side wasm.
import { run } from '../cli/main.js';

const load = {
  core: () => import('./index.js'),
  proxy: () => import('./proxy.js'),
  emulator: () => import('./emulator.js'),
};

run(process.argv.slice(2), load).then((code) => {
  process.exitCode = code;
});
