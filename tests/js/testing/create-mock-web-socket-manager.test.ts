// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import '../support/engine-files.js';
import { BillTrackingService } from '../../../js/src/services/bill-tracking.js';
import { createMockWebSocketManager } from '../../../js/src/testing.js';
import { UnifiedWebSocketManager } from '../../../js/src/websocket/manager.js';

const passed = {
  type: 'bill_update',
  bill_id: 123,
  update: { type: 'status_change', data: { newStatus: 'passed' } },
};

describe('createMockWebSocketManager', () => {
  it('makes a manager whose service can be read at once', () => {
    const service = new BillTrackingService(createMockWebSocketManager());
    service.subscribeToBill(123);
    service.handleMessage(passed);
    const [update] = service.getBillUpdates(123);
    expect(update).toMatchObject({
      type: 'status_change',
      data: { billId: 123, newStatus: 'passed' },
    });
    expect(service.getBillUpdates(123)).toHaveLength(1);
  });

  it('calls subscribers and listeners as a real manager does', async () => {
    const manager = createMockWebSocketManager();
    expect(manager).toBeInstanceOf(UnifiedWebSocketManager);
    const [callback, listener] = [vi.fn(), vi.fn()];
    manager.subscribe('bill:123', callback);
    manager.on('billUpdate', listener);
    manager.inject(passed);
    await Promise.resolve();
    expect(callback).toHaveBeenCalledExactlyOnceWith(passed);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('connects without a network', async () => {
    const manager = createMockWebSocketManager();
    await manager.connect('secret-token');
    expect(manager.isConnected()).toBe(true);
    await manager.send({ type: 'ping' });
    manager.disconnect();
    expect(manager.getConnectionState()).toBe('disconnected');
  });

  it('makes mocks that know nothing of each other', () => {
    const services = Array.from(
      { length: 4 },
      () => new BillTrackingService(createMockWebSocketManager()),
    );
    for (const service of services) service.subscribeToBill(123);
    services[0]?.handleMessage(passed);
    expect(services.map((service) => service.getBillUpdates(123).length)).toEqual([1, 0, 0, 0]);
  });

  it('lets a test say what a method does', () => {
    const manager = createMockWebSocketManager();
    manager.isConnected.mockReturnValue(true);
    expect(manager.isConnected()).toBe(true);
    expect(manager.isConnected).toHaveBeenCalledOnce();
    manager.isConnected.mockReset();
    expect(manager.isConnected).not.toHaveBeenCalled();
    expect(manager.isConnected()).toBe(false);
  });
});
