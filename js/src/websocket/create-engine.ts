import { engineConfigOf } from '../config/engine-config.js';
import type { EngineClient } from '../engine/client.js';
import { createEngineClient } from '../engine/create-engine-client.js';
import type { EngineAssets } from '../engine/module-loader.js';
import { reportUncaught } from '../events/delivery-queue.js';
import type { RealTimeConfig } from '../types.js';

/** Where the engine comes from and what it touches; nothing of it is needed in a browser. */
export interface EngineOptions extends EngineAssets {
  /** Where the worker's file is served; next to the package's own files unless said otherwise. */
  workerUrl?: string | URL;
  /** For the page host; the global one unless said otherwise. Node 20 has none. */
  WebSocket?: typeof WebSocket;
  /** Takes notes for developers. */
  log?: (note: string) => void;
}

/** The package's own engine, in the host the configuration names. Loads and starts nothing yet. */
export function createEngine(config: RealTimeConfig, options: EngineOptions = {}): EngineClient {
  return createEngineClient({
    ...options,
    config: () => JSON.stringify(engineConfigOf(config)),
    host: config.websocket.host,
    measures: config.performance.measure,
    records: config.websocket.recording.enabled,
    onListenerError: reportUncaught,
  });
}
