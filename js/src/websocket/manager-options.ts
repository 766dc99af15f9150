import type { EngineClient } from '../engine/client.js';
import type { RealTimeConfig, RealTimeConfigInput } from '../types.js';
import type { EngineOptions } from './create-engine.js';

/** What surrounds the WebSocket's own configuration. */
export interface ManagerOptions {
  /** Everything of the configuration but `websocket`. */
  readonly realTime?: Omit<RealTimeConfigInput, 'websocket'>;
  /** Where the engine comes from and what it touches. */
  readonly engine?: EngineOptions;
  /** @internal Another engine than the package's own. */
  readonly createEngine?: (config: RealTimeConfig) => EngineClient;
}

/** What a hook may still decide while the engine has not started. */
export interface ReconnectChange {
  readonly maxAttempts: number | undefined;
  readonly delay: number | undefined;
}
