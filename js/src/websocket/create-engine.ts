import { engineConfigOf } from '../config/engine-config.js';
import type { EngineClient } from '../engine/client.js';
import { createEngineClient, type EngineClientOptions } from '../engine/create-engine-client.js';
import { reportUncaught } from '../events/delivery-queue.js';
import type { RealTimeConfig } from '../types.js';

/** Where the engine comes from and what it touches; nothing of it is needed in a browser. */
export type EngineOptions = Pick<
  EngineClientOptions,
  'module' | 'wasmBinary' | 'wasmUrl' | 'workerUrl' | 'WebSocket' | 'log'
>;

/** The package's own engine, in the host the configuration names. Loads and starts nothing yet. */
export function createEngine(config: RealTimeConfig, options: EngineOptions = {}): EngineClient {
  return createEngineClient({
    ...options,
    config: JSON.stringify(engineConfigOf(config)),
    host: config.websocket.host,
    onListenerError: reportUncaught,
  });
}
