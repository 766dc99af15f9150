import { animationFrames, timedFrames } from '../hosts/frame-scheduler.js';
import { PageHost } from '../hosts/page-host.js';
import { noPageSignals, pageSignalsOf } from '../hosts/page-signals.js';
import { WorkerHost } from '../hosts/worker-host.js';
import { measureOnTimeline } from '../profiling/measure.js';
import { HostedEngineClient } from './engine-client.js';
import { systemTimers } from './timers.js';
import type { EngineHost, HostEvents } from '../hosts/engine-host.js';
import type { FrameScheduler } from '../hosts/frame-scheduler.js';
import type { PageSignals } from '../hosts/page-signals.js';
import type { WorkerLike } from '../hosts/worker-host.js';
import type { Clock } from './clock.js';
import type { EngineSource, GlueLoader } from './module-loader.js';
import type { Timers } from './timers.js';

/** What an engine client touches of the world, replaceable one by one. */
export interface EngineSeams {
  clock?: Clock;
  timers?: Timers;
  frames?: FrameScheduler;
  signals?: PageSignals;
  /** 32 random bits. */
  seed?: () => number;
  loadGlue?: GlueLoader;
  createWorker?: (workerUrl: string | URL | undefined) => WorkerLike;
}

export interface EngineClientOptions extends EngineSource {
  /** The engine's configuration as JSON; a function is asked at every start. */
  config: string | (() => string);
  /** `worker` unless said otherwise; where there is no Worker, `page`. */
  host?: 'worker' | 'page';
  /** Where the worker's file is served; next to the package's own files unless said otherwise. */
  workerUrl?: string | URL;
  /** For the page host; the global one unless said otherwise. A worker uses its own. */
  WebSocket?: typeof WebSocket;
  /** Write `performance.measure` entries, on the page and in the worker; false. */
  measures?: boolean;
  /** Told what a listener or handler threw; thrown again in a task of its own unless said otherwise. */
  onListenerError?: (error: unknown) => void;
  /** Takes notes for developers. */
  log?: (note: string) => void;
  seams?: EngineSeams;
}

/** Makes a line to an engine of its own. Loads and starts nothing yet. */
export function createEngineClient(options: EngineClientOptions): HostedEngineClient {
  const seams = options.seams ?? {};
  const timers = seams.timers ?? systemTimers;
  return new HostedEngineClient({
    createHost: (events) => createHost(options, timers, events),
    seams: {
      timers,
      frames:
        seams.frames ??
        (typeof requestAnimationFrame === 'function' ? animationFrames : timedFrames(timers)),
      signals:
        seams.signals ?? (typeof document === 'undefined' ? noPageSignals : pageSignalsOf(window)),
    },
    onListenerError:
      options.onListenerError ??
      ((error) => {
        throwLater(error, timers);
      }),
    ...(options.measures === true && { measure: measureOnTimeline }),
  });
}

function createHost(options: EngineClientOptions, timers: Timers, events: HostEvents): EngineHost {
  const seams = options.seams ?? {};
  const what = {
    config: typeof options.config === 'string' ? options.config : options.config(),
    seed: (seams.seed ?? randomSeed)(),
    assets: assetsOf(options),
    ...(options.measures === true && { measures: true }),
  };
  const { createWorker, loadGlue } = seams;
  if (options.host !== 'page') {
    if (createWorker !== undefined || typeof Worker === 'function') {
      const { workerUrl } = options;
      return new WorkerHost(what, events, {
        timers,
        workerUrl,
        ...(createWorker && { createWorker }),
      });
    }
    options.log?.('There is no Worker here; the engine runs in the page.');
  }
  return new PageHost(what, events, {
    timers,
    clock: seams.clock,
    WebSocket: options.WebSocket,
    loadGlue,
  });
}

/** What survives a `postMessage`; a worker would resolve a relative URL from its own place. */
function assetsOf({ module, wasmBinary, wasmUrl, records }: EngineSource): EngineSource {
  if (module !== undefined) return { module };
  if (wasmBinary !== undefined) return { wasmBinary };
  if (wasmUrl === undefined) return records === true ? { records } : {};
  const base = typeof document === 'undefined' ? undefined : document.baseURI;
  return { wasmUrl: base === undefined ? String(wasmUrl) : new URL(wasmUrl, base).href };
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}

function throwLater(error: unknown, timers: Timers): void {
  timers.set(() => {
    throw error;
  }, 0);
}
