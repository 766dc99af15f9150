import type { RealTimeConfig, RealTimeConfigInput, WebSocketConfig } from '../types.js';
import {
  defaultRealTimeConfig,
  defaultWebSocketConfig,
  developmentChanges,
  productionChanges,
} from './defaults.js';
import { configOfVariables, currentEnvironment, type Environment } from './environment.js';
import { resolveConfig } from './resolve.js';
import { realTimeSchema, webSocketSchema } from './schema.js';

/**
 * The WebSocket configuration of this environment: the defaults, what development or production changes, and what
 * the environment variables say. A new object that may be changed freely. Throws a ConfigurationError that names
 * the variable when one is malformed.
 */
export function getWebSocketConfig(): WebSocketConfig {
  return webSocketConfigIn(currentEnvironment());
}

/** The whole configuration of this environment, as `getWebSocketConfig`. */
export function getRealTimeConfig(): RealTimeConfig {
  const websocket = getWebSocketConfig();
  return resolveConfig<RealTimeConfig>(realTimeSchema, defaultRealTimeConfig, { websocket });
}

/** This environment's configuration with what the caller says instead, checked. */
export function completeConfig(custom: RealTimeConfigInput | undefined): RealTimeConfig {
  return resolveConfig(realTimeSchema, getRealTimeConfig(), custom);
}

export function webSocketConfigIn({ mode, variables }: Environment): WebSocketConfig {
  const config = resolveConfig<WebSocketConfig>(
    webSocketSchema,
    defaultWebSocketConfig,
    mode === 'other' ? {} : mode === 'development' ? developmentChanges : productionChanges,
    'websocket',
  );
  return resolveConfig(webSocketSchema, config, configOfVariables(variables), 'websocket');
}
