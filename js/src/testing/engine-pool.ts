import type { EngineModule } from '../engine/engine-module.js';
import { EngineError } from '../engine/engine-error.js';
import { instantiateEngine, loadPackagedGlue } from '../engine/module-loader.js';
import type { EngineModuleFactory } from '../engine/engine-module.js';
import { OpenSocket } from './open-socket.js';

/** An engine that is loaded and belongs to nobody yet. */
export interface LoadedEngine {
  readonly module: EngineModule;
  /** Called when the engine has something to say. */
  onWake: () => void;
}

/** So many can be taken in one go; each that is taken is replaced as soon as the caller lets other code run. */
const spare = 8;

/**
 * Engines that are loaded ahead, because loading takes time and whoever makes a mock wants it now. Their time is the
 * computer's, but no timer ever rings, so nothing happens by itself.
 */
export class EnginePool {
  private readonly engines: LoadedEngine[] = [];

  /** Resolves when there are engines to take. */
  static async fill(): Promise<EnginePool> {
    const pool = new EnginePool();
    await Promise.all(Array.from({ length: spare }, () => pool.add()));
    return pool;
  }

  take(): LoadedEngine {
    const engine = this.engines.pop();
    if (engine === undefined) {
      throw new EngineError(
        'engine-load-failed',
        `Only ${spare} mocks can be made in one go; await something before making more.`,
      );
    }
    // Should it fail, the next who takes one too many is told.
    this.add().catch(() => undefined);
    return engine;
  }

  private async add(): Promise<void> {
    const listener = { onWake: () => undefined };
    const civicHost = {
      now: () => Date.now(),
      setDeadline: () => undefined,
      wake: () => {
        listener.onWake();
      },
      WebSocket: OpenSocket as unknown as typeof WebSocket,
    };
    const module = await instantiateEngine({ civicHost }, engineFiles());
    this.engines.push(Object.assign(listener, { module }));
  }
}

/** The folder with engine.js and engine.wasm when it is not the package's own: `CIVIC_REALTIME_ENGINE`. */
function engineFiles(): Parameters<typeof instantiateEngine>[1] {
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
