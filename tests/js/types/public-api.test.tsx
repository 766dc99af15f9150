import { useEffect } from 'react';
import { describe, expect, expectTypeOf, it } from 'vitest';

import {
  ConnectionState,
  getRealTimeConfig,
  RealTimeService,
  realTimeService,
  useBillTracking,
  useWebSocket,
  type BillUpdate,
  type CommentUpdate,
  type EngagementMetrics,
  type Notification,
  type RealTimeConfigInput,
  type RealTimeNotification,
  type TypingIndicator,
} from '@client/core/realtime';
import * as config from '@client/core/realtime/config';
import * as all from 'civic-realtime';
import * as react from 'civic-realtime/react';

describe('the public API', () => {
  it('has the documented values', () => {
    expect(Object.keys(all)).toEqual(
      expect.arrayContaining([
        'realTimeService',
        'RealTimeService',
        'UnifiedWebSocketManager',
        'BillTrackingService',
        'CommunityService',
        'NotificationService',
        'EngagementService',
        'EventEmitter',
        'ConnectionState',
        'useBillTracking',
        'useWebSocket',
        'useCommunityRealTime',
        'useRealtimeEngagement',
        'useRealTimeEngagement',
        'defaultWebSocketConfig',
        'defaultRealTimeConfig',
        'getWebSocketConfig',
        'getRealTimeConfig',
      ]),
    );
    expect(Object.keys(config)).toEqual(
      expect.arrayContaining(['defaultWebSocketConfig', 'getRealTimeConfig']),
    );
    expect(react.useBillTracking).toBe(useBillTracking);
    expect(react.useWebSocket).toBe(useWebSocket);
  });

  it('has connection states as values and as a type', () => {
    const state: ConnectionState = ConnectionState.CONNECTED;
    expect(state).toBe('connected');
    expectTypeOf<ConnectionState>().toEqualTypeOf<
      'disconnected' | 'connecting' | 'connected' | 'reconnecting' | 'failed' | 'closed'
    >();
  });

  it('gives listeners what their event carries', () => {
    const service = new RealTimeService();
    service.on('connectionChange', (connected) => expectTypeOf(connected).toEqualTypeOf<boolean>());
    service.on('billUpdate', (update) => expectTypeOf(update).toEqualTypeOf<BillUpdate>());
    service.on('engagementUpdate', (metrics) =>
      expectTypeOf(metrics).toEqualTypeOf<EngagementMetrics>(),
    );
    service.on('error', (error) => expectTypeOf(error).toEqualTypeOf<Error>());
    service.on('commentUpdate', (update) => expectTypeOf(update).toEqualTypeOf<CommentUpdate>());
    service.on('typingIndicator', (one) => expectTypeOf(one).toEqualTypeOf<TypingIndicator>());
    service.on('notification', (one) => expectTypeOf(one).toEqualTypeOf<RealTimeNotification>());
    expectTypeOf<Notification>().toEqualTypeOf<RealTimeNotification>();
    expectTypeOf(service.on('connected', () => undefined)).toEqualTypeOf<() => void>();
    // @ts-expect-error There is no such event.
    service.off('nothing', () => undefined);
  });

  it('takes the custom configuration of the specification', () => {
    const customConfig = {
      ...getRealTimeConfig(),
      websocket: {
        ...getRealTimeConfig().websocket,
        reconnect: { enabled: true, maxAttempts: 10, delay: 1000, backoff: 'exponential' },
      },
    };
    expectTypeOf(customConfig).toExtend<RealTimeConfigInput>();
    expect(new RealTimeService(customConfig).isConnected()).toBe(false);
  });

  it('types what hooks return', () => {
    expectTypeOf<ReturnType<typeof useBillTracking>['subscribedBills']>().toEqualTypeOf<
      ReadonlySet<number>
    >();
    expectTypeOf<ReturnType<typeof useWebSocket>['error']>().toEqualTypeOf<string | null>();
    expectTypeOf<BillUpdate['data']['billId']>().toEqualTypeOf<number>();
    expectTypeOf<BillUpdate['data']['newStatus']>().toEqualTypeOf<unknown>();
  });
});

// The specification's "Basic WebSocket Connection" block; that it compiles is the test.
declare const userToken: string;
export function MyComponent() {
  const { isConnected, isConnecting, connectionQuality, error, connect, disconnect } = useWebSocket(
    {
      autoConnect: true,
      token: userToken,
    },
  );
  void [isConnecting, connect, disconnect];

  return (
    <div>
      <p>Status: {isConnected ? 'Connected' : 'Disconnected'}</p>
      <p>Quality: {connectionQuality}</p>
      {error && <p>Error: {error}</p>}
    </div>
  );
}

// The specification's "Bill Tracking" block; that it compiles is the test.
export function BillTracker({ billId }: { billId: number }) {
  const { subscribeToBill, unsubscribeFromBill, getBillUpdates, getEngagementMetrics } =
    useBillTracking();

  useEffect(() => {
    subscribeToBill(billId);
    return () => unsubscribeFromBill(billId);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [billId]);

  const updates = getBillUpdates(billId);
  const metrics = getEngagementMetrics(billId);

  return (
    <div>
      <h3>Bill Updates ({updates.length})</h3>
      {updates.map((update) => (
        <div key={update.timestamp}>
          {update.type}: {JSON.stringify(update.data)}
        </div>
      ))}

      {metrics && (
        <div>
          <p>Views: {metrics.viewCount}</p>
          <p>Comments: {metrics.commentCount}</p>
        </div>
      )}
    </div>
  );
}

// The specification's "Direct Service Usage" block; that it compiles is the test.
export async function directServiceUsage(userToken: string) {
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
  return { billService, communityService, notificationService };
}
