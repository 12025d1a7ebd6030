// If the platform's types include WebAssembly, a compiled module is a source.
import { init, initSync } from 'cts-tracker/slim';

declare const compiled: WebAssembly.Module;
void init(compiled);
initSync(compiled);
