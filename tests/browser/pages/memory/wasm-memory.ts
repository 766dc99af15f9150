type Instantiate = (
  module: WebAssembly.Module,
  imports?: WebAssembly.Imports,
) => Promise<WebAssembly.Instance>;

/**
 * From now on knows the memories of the WebAssembly instances that are made; returns a function that answers with the
 * bytes of all of them together. Uses nothing of its module, so that its text can run elsewhere.
 */
export function countWasmMemory(): () => number {
  const memories: WebAssembly.Memory[] = [];
  const instantiate: Instantiate = WebAssembly.instantiate;
  (WebAssembly.instantiate as Instantiate) = async (module, imports) => {
    const instance = await instantiate(module, imports);
    for (const exported of Object.values(instance.exports)) {
      if (exported instanceof WebAssembly.Memory) memories.push(exported);
    }
    return instance;
  };
  return () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
