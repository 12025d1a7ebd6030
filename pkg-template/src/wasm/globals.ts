// Globals of the host that some hosts lack (jsdom under Jest, Hermes). They are taken at first use, so that importing the
// package works everywhere.
import { CtsError } from '../client/error.js';

const missing = (name: string): CtsError =>
  new CtsError('internal', `${name} is missing: define it as a global, in Jest with jsdom in a file of setupFiles`);

let encoder: TextEncoder | undefined;

export function textEncoder(): TextEncoder {
  if (typeof TextEncoder === 'undefined') throw missing('TextEncoder');
  encoder ??= new TextEncoder();
  return encoder;
}

/** JavaScriptCore's decoder fails after 2 GiB. */
const MAX_DECODED = 2 ** 31 - 2 ** 20;
let decoder: TextDecoder | undefined;
let decoded = 0;

export function decodeUtf8(bytes: Uint8Array): string {
  if (typeof TextDecoder === 'undefined') throw missing('TextDecoder');
  decoded += bytes.length;
  if (decoder === undefined || decoded >= MAX_DECODED) {
    // A byte order mark is part of the text.
    decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    decoded = bytes.length;
  }
  return decoder.decode(bytes);
}

interface Finalization<Held> {
  register(target: object, held: Held, token: object): void;
  unregister(token: object): void;
}

/** A `FinalizationRegistry`, or nothing where there is none. */
export function finalization<Held>(free: (held: Held) => void): Finalization<Held> {
  let registry: FinalizationRegistry<Held> | undefined;
  return {
    register(target, held, token) {
      if (typeof FinalizationRegistry === 'undefined') return;
      registry ??= new FinalizationRegistry(free);
      registry.register(target, held, token);
    },
    unregister: (token) => registry?.unregister(token),
  };
}
