import { bundlerRemedies } from './bundler-remedies.js';
import { EngineError, messageOf } from './engine-error.js';
import type { EngineModule, EngineModuleFactory, EngineModuleOptions } from './engine-module.js';

/** Where the compiled engine comes from; the first that is given counts. */
export interface EngineAssets {
  /** The engine, compiled already. */
  module?: WebAssembly.Module;
  /** The bytes of engine.wasm. */
  wasmBinary?: BufferSource;
  /** Where engine.wasm is served; next to the package's own files unless said otherwise. */
  wasmUrl?: string | URL;
}

/** The same, and which of the package's own engines it is. */
export interface EngineSource extends EngineAssets {
  /** The one that records, unless `EngineAssets` says where the engine is. */
  records?: boolean;
}

export type GlueLoader = () => Promise<EngineModuleFactory>;

export interface ModuleLoaderOptions extends EngineSource {
  /** Loads the glue; `engine.js` next to the package's own files unless said otherwise. */
  loadGlue?: GlueLoader;
}

export const loadPackagedGlue: GlueLoader = async () => (await import('./engine.js')).default;

/** Compiled engines by URL. A failure is forgotten, so that it can be tried again. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** The engine's code, of which any number of instances can be made. */
export interface EngineCode {
  readonly createModule: EngineModuleFactory;
  readonly wasm: WebAssembly.Module;
}

/** Makes a new instance of the engine's module. Rejects with an `EngineError` with code `engine-load-failed`. */
export async function instantiateEngine(
  moduleOptions: Omit<EngineModuleOptions, 'instantiateWasm'>,
  options: ModuleLoaderOptions = {},
): Promise<EngineModule> {
  return instantiateCode(await loadEngineCode(options), moduleOptions, (wasm, imports) =>
    WebAssembly.instantiate(wasm, imports),
  );
}

/** Rejects with an `EngineError` with code `engine-load-failed`. */
export async function loadEngineCode(options: ModuleLoaderOptions = {}): Promise<EngineCode> {
  if (typeof WebAssembly === 'undefined') {
    throw loadError('there is no WebAssembly here, which the engine needs', undefined);
  }
  const [createModule, wasm] = await Promise.all([
    (options.loadGlue ?? loadPackagedGlue)().catch((cause: unknown) => {
      throw loadError(`its glue, engine.js, could not be imported: ${messageOf(cause)}`, cause);
    }),
    loadWasm(options),
  ]);
  return { createModule, wasm };
}

/** As `instantiateEngine`, of code that is there, in the way `instantiate` does it. */
export async function instantiateCode(
  { createModule, wasm }: EngineCode,
  moduleOptions: Omit<EngineModuleOptions, 'instantiateWasm'>,
  instantiate: (
    wasm: WebAssembly.Module,
    imports: WebAssembly.Imports,
  ) => WebAssembly.Instance | Promise<WebAssembly.Instance>,
): Promise<EngineModule> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      reject(loadError(`it could not be instantiated: ${messageOf(cause)}`, cause));
    };
    createModule({
      ...moduleOptions,
      instantiateWasm: (imports, receive) => {
        Promise.resolve(instantiate(wasm, imports))
          .then((instance) => {
            receive(instance, wasm);
          })
          .catch(fail);
        return {};
      },
    }).then(resolve, fail);
  });
}

function loadWasm(assets: EngineSource): Promise<WebAssembly.Module> {
  if (assets.module !== undefined) return Promise.resolve(assets.module);
  if (assets.wasmBinary !== undefined) {
    return WebAssembly.compile(assets.wasmBinary).catch((cause: unknown) => {
      throw loadError(
        `the bytes given as wasmBinary could not be compiled: ${messageOf(cause)}`,
        cause,
      );
    });
  }
  const url = String(assets.wasmUrl ?? packagedWasm(assets.records === true));
  let module = compiled.get(url);
  if (module === undefined) {
    module = compileFrom(url).catch((cause: unknown) => {
      compiled.delete(url);
      throw loadError(`${url} could not be used: ${messageOf(cause)}`, cause);
    });
    compiled.set(url, module);
  }
  return module;
}

// Each in a `new URL` of its own, which is what bundlers look for.
function packagedWasm(records: boolean): URL {
  return records
    ? new URL('./engine.recording.wasm', import.meta.url)
    : new URL('./engine.wasm', import.meta.url);
}

async function compileFrom(url: string): Promise<WebAssembly.Module> {
  if (url.startsWith('file:')) {
    const bytes = readFile(url);
    if (bytes !== null) return WebAssembly.compile(bytes);
  }
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok)
    throw new Error(`the server answered ${response.status} ${response.statusText}`);
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!startsLikeWasm(bytes)) {
    throw new Error(`what the server answered is no WebAssembly (content type "${type}")`);
  }
  return WebAssembly.compile(bytes);
}

function startsLikeWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

/**
 * Node's `fetch` reads no files. Node's modules are asked for at run time instead of imported, because bundlers for
 * browsers fail on an import of `node:fs`, also on a dynamic one. Null where there is no Node.
 */
function readFile(url: string): Uint8Array<ArrayBuffer> | null {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.getBuiltinModule?.('node:fs').readFileSync(new URL(url)) ?? null;
}

interface NodeProcess {
  getBuiltinModule?(id: 'node:fs'): { readFileSync(url: URL): Uint8Array<ArrayBuffer> };
}

function loadError(reason: string, cause: unknown): EngineError {
  return new EngineError(
    'engine-load-failed',
    `The engine could not be loaded: ${reason}.
  1. See that engine.wasm and engine.js are served where the package's other files are. ${bundlerRemedies}
  2. Or say where the engine is: new RealTimeService(config, { engine: { wasmUrl } }), or wasmBinary or module.
  3. If the page has a Content-Security-Policy, allow 'wasm-unsafe-eval' in script-src and the URL in connect-src.
  More: docs/bundlers.md in the package.`,
    cause === undefined ? {} : { cause },
  );
}
