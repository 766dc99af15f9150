// @vitest-environment node
// The specification's "Unit Tests" block, with Vitest's names for Jest's.
import { beforeEach, describe, expect, it, type Mocked } from 'vitest';

import '../support/engine-files.js';
import { createMockWebSocketManager } from '@client/core/realtime/testing';
// eslint-disable-next-line @typescript-eslint/consistent-type-imports
import { UnifiedWebSocketManager } from '@client/core/realtime/websocket/manager';
import { BillTrackingService } from '@client/core/realtime/services/bill-tracking';

describe('BillTrackingService', () => {
  let service: BillTrackingService;
  let mockWsManager: Mocked<UnifiedWebSocketManager>;

  beforeEach(() => {
    mockWsManager = createMockWebSocketManager();
    service = new BillTrackingService(mockWsManager);
  });

  it('should subscribe to bill updates', () => {
    service.subscribeToBill(123);
    expect(mockWsManager.subscribe).toHaveBeenCalledWith(
      'bill:123',
      expect.any(Function)
    );
  });
});
