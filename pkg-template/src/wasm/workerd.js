// `#wasm` under the `workerd` condition: that runtime compiles no bytes, it imports the file as a module.
import module from '#wasm-file';

export const compile = () => module;
export const compileAsync = async () => module;
