// `init` of `cts-tracker/slim`.
import { warmup } from './browser.js';
import { type InitSource, load } from './load-slim.js';

/**
 * Loads the wasm and starts it. Call it before anything else. A second call while the first one runs waits for it; after
 * a failure, call it again.
 */
export async function init(source: InitSource | PromiseLike<InitSource>): Promise<void> {
  await load(source);
  await warmup();
}
