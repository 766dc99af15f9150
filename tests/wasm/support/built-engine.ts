import { readFileSync } from 'node:fs';
import type {
  CivicHost,
  EngineModule,
  EngineModuleFactory,
} from '../../../js/src/engine/engine-module.js';
import { Bundle } from '../../../js/src/engine/bundle-reader.js';
import { instantiateEngine } from '../../../js/src/engine/module-loader.js';

const folder = new URL('../../../build/wasm/wasm/', import.meta.url);

/** The compiled engine as `npm run build` leaves it. */
export const builtWasmUrl = new URL('engine.wasm', folder);
export const builtRecordingWasmUrl = new URL('engine.recording.wasm', folder);

export async function loadBuiltGlue(): Promise<EngineModuleFactory> {
  const glue = (await import(/* @vite-ignore */ new URL('engine.js', folder).href)) as {
    default: EngineModuleFactory;
  };
  return glue.default;
}

interface AbiDescription {
  _civic_describe_abi(): number;
  UTF8ToString(address: number): string;
}

/** The numbers and names of the boundary as C++ has them. */
export async function describeAbi(): Promise<unknown> {
  const { default: load } = (await import(
    /* @vite-ignore */ new URL('abi_description.js', folder).href
  )) as { default: () => Promise<AbiDescription> };
  const description = await load();
  return JSON.parse(description.UTF8ToString(description._civic_describe_abi()));
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** An instance of its own, in a world that stands still: no time passes, no socket opens. */
export async function newEngineModule(civicHost: Partial<CivicHost> = {}): Promise<EngineModule> {
  compiled ??= WebAssembly.compile(readFileSync(builtWasmUrl));
  return instantiateEngine(
    {
      civicHost: {
        now: () => 1_700_000_000_000,
        setDeadline: () => undefined,
        wake: () => undefined,
        WebSocket: EventTarget as unknown as typeof WebSocket,
        ...civicHost,
      },
    },
    { module: await compiled, loadGlue: loadBuiltGlue },
  );
}

/** The page's bundle; null when there is nothing. */
export function drainBundle(module: EngineModule, page: number): Bundle | null {
  const address = module._civic_drain_bundle(page);
  if (address === 0) return null;
  return new Bundle(module.HEAPU8.slice(address, address + module._civic_bundle_bytes()).buffer);
}
