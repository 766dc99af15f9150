import { realTimeService } from '@client/core/realtime';

import { newToken } from './tokens';

export async function checkConnection() {
// ┌ the documentation's block, character for character
// Check connection status
const stats = realTimeService.getStats();
console.log('Connection state:', stats.connectionState);

// Manual reconnection
if (!realTimeService.isConnected()) {
  await realTimeService.connect(newToken);
}
// └
}
