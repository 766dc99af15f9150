// ┌ the documentation's block, character for character
import { getRealTimeConfig } from '@client/core/realtime/config';

const customConfig = {
  ...getRealTimeConfig(),
  websocket: {
    ...getRealTimeConfig().websocket,
    heartbeat: {
      enabled: true,
      interval: 15000, // 15 seconds
      timeout: 5000    // 5 seconds
    },
    reconnect: {
      enabled: true,
      maxAttempts: 10,
      delay: 1000,
      backoff: 'exponential'
    }
  }
};
// └

export { customConfig };
