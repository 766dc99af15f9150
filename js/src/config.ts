export { ConfigurationError, type ConfigurationProblem } from './config/configuration-error.js';
export { defaultRealTimeConfig, defaultWebSocketConfig } from './config/defaults.js';
export { getRealTimeConfig, getWebSocketConfig } from './config/get-config.js';
