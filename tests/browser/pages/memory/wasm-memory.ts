// Knows the memories of the WebAssembly instances made after this module was loaded.

const memories: WebAssembly.Memory[] = [];
type Instantiate = (
  module: WebAssembly.Module,
  imports?: WebAssembly.Imports,
) => Promise<WebAssembly.Instance>;
const instantiate: Instantiate = WebAssembly.instantiate;

(WebAssembly.instantiate as Instantiate) = async (module, imports) => {
  const instance = await instantiate(module, imports);
  for (const exported of Object.values(instance.exports)) {
    if (exported instanceof WebAssembly.Memory) memories.push(exported);
  }
  return instance;
};

/** Bytes of all of them together. */
export function wasmBytes(): number {
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
