// @vitest-environment node
// The specification's "Integration Tests" block. Where it says "Simulate WebSocket message" the message is delivered.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import '../support/engine-files.js';
import { installFakeServer, type FakeServer } from '@client/core/realtime/testing';
import { realTimeService } from '@client/core/realtime';

let server: FakeServer;

beforeAll(() => {
  server = installFakeServer(realTimeService);
});

afterAll(() => {
  server.uninstall();
});

describe('Real-time Integration', () => {
  beforeEach(async () => {
    await realTimeService.initialize('test-token');
  });

  afterEach(async () => {
    await realTimeService.shutdown();
  });

  it('should handle end-to-end bill tracking', async () => {
    const billService = realTimeService.getBillTrackingService();

    // Subscribe to bill
    billService.subscribeToBill(123);

    // Simulate WebSocket message
    const mockMessage = {
      type: 'bill_update',
      bill_id: 123,
      update: { type: 'status_change', data: { newStatus: 'passed' } },
    };
    server.deliver(mockMessage);

    // Verify update is processed
    const updates = billService.getBillUpdates(123);
    expect(updates).toHaveLength(1);
    expect(updates[0]?.data.newStatus).toBe('passed');
  });

  it('begins anew for every test', () => {
    expect(realTimeService.isConnected()).toBe(true);
    expect(realTimeService.getBillTrackingService().getBillUpdates(123)).toEqual([]);
  });
});
