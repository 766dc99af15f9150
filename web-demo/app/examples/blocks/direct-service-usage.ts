// It runs when this module is imported.
import { userToken } from './tokens';

// ┌ the documentation's block, character for character
import { realTimeService } from '@client/core/realtime';

// Initialize the service
await realTimeService.initialize(userToken);

// Get individual services
const billService = realTimeService.getBillTrackingService();
const communityService = realTimeService.getCommunityService();
const notificationService = realTimeService.getNotificationService();

// Subscribe to events
const unsubscribe = realTimeService.on('connectionChange', (connected) => {
  console.log('Connection status:', connected);
});

// Get statistics
const stats = realTimeService.getStats();
console.log('Real-time stats:', stats);

// Cleanup
unsubscribe();
await realTimeService.shutdown();
// └

export { billService, communityService, notificationService };
