// How often the memory of `cts-tracker/js` has grown. WebAssembly detaches views of memory that grows; JavaScript cannot do
// that on every engine. Comparing buffers instead would cost a call 300 ns.

export let growths = 0;

export function grown(): void {
  growths += 1;
}
