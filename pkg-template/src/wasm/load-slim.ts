// `cts-tracker/slim`: the host provides the module, through `init` or `initSync`.
import { CtsError } from '../client/error.js';
import type { Global, Instance } from '../platform.js';
import { bytesOf, tagOf } from './bytes.js';
import { messageOf, type WasmSource } from './instance.js';
import { compiled } from './load-compiled.js';

type WasmModule = Global<'WebAssembly', unknown> extends { Module: { prototype: infer Of } } ? Of & object : object;
type Bytes = ArrayBufferLike | ArrayBufferView;

/** What `init` takes the wasm from: a Response or its URL, the bytes, or the compiled module. */
export type InitSource = Instance<'Response'> | Bytes | WasmModule | Instance<'URL'> | string;

let module: WebAssembly.Module | undefined;
let loading: Promise<void> | undefined;

function compile(): WebAssembly.Module {
  if (module) return module;
  throw new CtsError(
    'internal',
    'cts-tracker/slim is not initialised: await init(source), or call initSync(source), first',
  );
}

export const source: WasmSource = /* @__PURE__ */ compiled(compile, async () => {
  await loading;
  return compile();
});

/** A second call while the first one runs waits for it. */
export function load(source: InitSource | PromiseLike<InitSource>): Promise<void> {
  if (module) return Promise.resolve();
  loading ??= loadOnce(source);
  return loading;
}

/** Synchronous `init`, from bytes or a compiled module. */
export function initSync(source: Bytes | WasmModule): void {
  if (module) return;
  const bytes = bytesOf(source);
  if (!bytes && !isModule(source)) {
    throw new CtsError(
      'internal',
      'initSync takes a WebAssembly.Module or the bytes of one; use init for a URL or a Response',
    );
  }
  try {
    module = bytes ? new WebAssembly.Module(bytes) : (source as WebAssembly.Module);
  } catch (cause) {
    throw failure(cause, '; await init(source) instead, where synchronous compilation is refused');
  }
}

async function loadOnce(source: InitSource | PromiseLike<InitSource>): Promise<void> {
  try {
    const loaded = await compileFrom(await source);
    module ??= loaded;
  } catch (cause) {
    throw failure(cause);
  } finally {
    loading = undefined;
  }
}

async function compileFrom(given: unknown): Promise<WebAssembly.Module> {
  if (isModule(given)) return given;
  const bytes = bytesOf(given);
  if (bytes) return WebAssembly.compile(bytes);
  const response = isAddress(given) ? await fetchWasm(given) : (given as Response | undefined);
  if (typeof response?.arrayBuffer !== 'function') {
    throw new TypeError('a Response, a URL, a WebAssembly.Module or the bytes of one is needed');
  }
  if (response.ok === false) throw new Error(`HTTP ${response.status} from ${response.url}`);
  const typed = /^application\/wasm\b/i.test(response.headers?.get('content-type') ?? '');
  // Only the platform's own responses can be streamed.
  const streams = typed && typeof Response === 'function' && response instanceof Response;
  if (streams && typeof WebAssembly.compileStreaming === 'function') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

// By their tags, since they may be of another realm.
const isModule = (given: unknown): given is WebAssembly.Module => tagOf(given) === '[object WebAssembly.Module]';
const isAddress = (given: unknown): given is string | URL =>
  typeof given === 'string' || tagOf(given) === '[object URL]';

async function fetchWasm(address: string | URL): Promise<Response> {
  try {
    return await fetch(String(address));
  } catch (cause) {
    if (!/^file:/.test(String(address))) throw cause;
    throw new Error("in Node, await init(readFile(new URL(import.meta.resolve('cts-tracker/cts_tracker_bg.wasm'))))", {
      cause,
    });
  }
}

function failure(cause: unknown, hint = ''): CtsError {
  if (cause instanceof CtsError) return cause;
  return new CtsError('internal', `the wasm file could not be loaded: ${messageOf(cause)}${hint}`, { cause });
}
