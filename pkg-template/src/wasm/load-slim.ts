// `#wasm` of `cts-tracker/slim`: the host says where the module is, through `init` or `initSync`.
import { CtsError } from '../client/error.js';

let module;
let loading;

function compile() {
  if (!module) {
    throw new CtsError(
      'internal',
      'cts-tracker/slim is not initialised: await init(source), or call initSync(source), first',
    );
  }
  return module;
}

async function compileAsync() {
  await loading;
  return compile();
}

export const source = { compile, compileAsync };

/** Safe when called twice at once: the second call waits for the first. After a failure it can be tried again. */
export function init(source) {
  if (module) return Promise.resolve();
  loading ??= load(source)
    .then(
      (loaded) => {
        module ??= loaded;
      },
      (cause) => {
        throw failure(cause);
      },
    )
    .finally(() => {
      loading = undefined;
    });
  return loading;
}

export function initSync(source) {
  if (module) return;
  const bytes = bytesOf(source);
  if (!(source instanceof WebAssembly.Module) && !bytes) {
    throw new CtsError(
      'internal',
      'initSync takes a WebAssembly.Module or the bytes of one; use init for a URL or a Response',
    );
  }
  try {
    module = bytes ? new WebAssembly.Module(bytes) : source;
  } catch (cause) {
    throw failure(cause);
  }
}

async function load(given) {
  let source = await given;
  if (source instanceof WebAssembly.Module) return source;
  const bytes = bytesOf(source);
  if (bytes) return WebAssembly.compile(bytes);
  if (typeof source === 'string' || (typeof URL === 'function' && source instanceof URL)) {
    source = await fetch(source).catch((cause) => {
      throw /^file:/.test(source)
        ? new Error("in Node, await init(readFile(new URL(import.meta.resolve('cts-tracker/cts_tracker_bg.wasm'))))", {
            cause,
          })
        : cause;
    });
  }
  if (typeof source?.arrayBuffer !== 'function') {
    throw new TypeError('a Response, a URL, a WebAssembly.Module or the bytes of one is needed');
  }
  if (source.ok === false) throw new Error(`HTTP ${source.status} from ${source.url}`);
  const typed = /^application\/wasm\b/i.test(source.headers?.get('content-type') ?? '');
  if (typed && typeof WebAssembly.compileStreaming === 'function') return WebAssembly.compileStreaming(source);
  return WebAssembly.compile(await source.arrayBuffer());
}

/** V8 takes no DataView, so a view is always given as bytes. */
function bytesOf(source) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(source)) ? source : undefined;
}

function failure(cause) {
  if (cause instanceof CtsError) return cause;
  return new CtsError('internal', `the wasm file could not be loaded: ${cause?.message ?? cause}`, { cause });
}
