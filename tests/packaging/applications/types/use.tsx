/** Every entry, as a strict application uses it; that it compiles against the packed declarations is the test. */
import { EngineError, RealTimeService, realTimeService, useBillTracking } from 'civic-realtime';
import { getRealTimeConfig } from 'civic-realtime/config';
import { registerPush } from 'civic-realtime/push-worker';
import { RealTimeProvider, useWebSocket } from 'civic-realtime/react';
import { BillTrackingService } from 'civic-realtime/services/bill-tracking';
import { CommunityService } from 'civic-realtime/services/community';
import { NotificationService } from 'civic-realtime/services/notifications';
import { realTimeService as sameService } from 'civic-realtime/services/realtime-service';
import { createFakeServer } from 'civic-realtime/testing';
import { UnifiedWebSocketManager } from 'civic-realtime/websocket/manager';

export const service = new RealTimeService(getRealTimeConfig());
export const same: boolean = sameService === realTimeService;
export const classes = [
  ...[BillTrackingService, CommunityService, NotificationService, UnifiedWebSocketManager],
  ...[registerPush, createFakeServer],
];

service.on('error', (error) => {
  if (error instanceof EngineError && error.code === 'engine-load-failed') throw error;
});

export function Views({ billId }: { billId: number }) {
  const { connectionQuality } = useWebSocket();
  const views: number | undefined = useBillTracking().getEngagementMetrics(billId)?.viewCount;
  // @ts-expect-error A bill has a number or a name.
  useBillTracking().subscribeToBill(true);
  return (
    <RealTimeProvider service={service}>
      {views} {connectionQuality}
    </RealTimeProvider>
  );
}
