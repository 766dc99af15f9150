import type { EngineModule } from '../engine/engine-module.js';
import { EngineError } from '../engine/engine-error.js';
import {
  instantiateCode,
  loadEngineCode,
  loadPackagedGlue,
  type EngineCode,
  type ModuleLoaderOptions,
} from '../engine/module-loader.js';
import type { EngineModuleFactory } from '../engine/engine-module.js';
import { OpenSocket } from './fake-socket.js';

/** The world of an engine; whoever takes the engine may replace each part. */
export interface EngineWorld {
  /** Milliseconds since the Unix epoch. */
  now: () => number;
  /** When `_civic_advance` must be called at the latest. */
  setDeadline: (deadlineMs: number) => void;
  /** The engine has something to say. */
  onWake: () => void;
  WebSocket: typeof WebSocket;
}

/** An engine that is loaded and belongs to nobody yet. */
export interface LoadedEngine {
  readonly module: EngineModule;
  readonly world: EngineWorld;
}

/** So many can be taken in one go; each that is taken is replaced as soon as the caller lets other code run. */
const spare = 8;

/**
 * Engines that are loaded ahead, because loading takes time and whoever makes a mock wants it now. Unless their world
 * is replaced, their time is the computer's, but no timer ever rings, so nothing happens by itself.
 */
export class EnginePool {
  private readonly engines: LoadedEngine[] = [];

  private constructor(private readonly code: EngineCode) {}

  /** Resolves when there are engines to take. */
  static async fill(): Promise<EnginePool> {
    const pool = new EnginePool(await loadEngineCode(engineFiles()));
    await Promise.all(Array.from({ length: spare }, () => pool.add()));
    return pool;
  }

  take(): LoadedEngine {
    const engine = this.engines.pop();
    if (engine === undefined) {
      throw new EngineError(
        'engine-load-failed',
        `Only ${spare} mocks or fake servers can be made in one go; await something before making more.`,
      );
    }
    // Should it fail, the next who takes one too many is told.
    this.add().catch(() => undefined);
    return engine;
  }

  private async add(): Promise<void> {
    const world: EngineWorld = {
      now: () => Date.now(),
      setDeadline: () => undefined,
      onWake: () => undefined,
      WebSocket: OpenSocket,
    };
    const civicHost = {
      now: () => world.now(),
      setDeadline: (deadlineMs: number) => {
        world.setDeadline(deadlineMs);
      },
      wake: () => {
        world.onWake();
      },
      get WebSocket() {
        return world.WebSocket;
      },
    };
    // At once, not in the background: a test may await nothing but promises that are resolved already.
    const module = await instantiateCode(
      this.code,
      { civicHost },
      (wasm, imports) => new WebAssembly.Instance(wasm, imports),
    );
    this.engines.push({ module, world });
  }
}

/** The folder with engine.js and engine.wasm when it is not the package's own: `CIVIC_REALTIME_ENGINE`. */
function engineFiles(): ModuleLoaderOptions {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const folder = process?.env?.['CIVIC_REALTIME_ENGINE'];
  if (folder === undefined || folder === '') return { loadGlue: loadPackagedGlue };
  const base = new URL(`file://${folder.replace(/\/?$/, '/')}`);
  const glue = new URL('engine.js', base).href;
  return {
    wasmUrl: new URL('engine.wasm', base),
    loadGlue: async () =>
      ((await import(/* @vite-ignore */ glue)) as { default: EngineModuleFactory }).default,
  };
}
