// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import { BillTrackingService } from '../../../js/src/services/bill-tracking.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';

function plainMock() {
  let count = 0;
  return { subscribe: vi.fn(() => `id ${++count}`), unsubscribe: vi.fn() };
}

describe('BillTrackingService with a plain mock', () => {
  it('subscribes a bill once, with two arguments, and gives the same id to all', () => {
    const manager = plainMock();
    const service = new BillTrackingService(manager);
    expect([service.subscribeToBill(123), service.subscribeToBill('123')]).toEqual([
      'id 1',
      'id 1',
    ]);
    expect(manager.subscribe.mock.calls).toEqual([['bill:123', expect.any(Function)]]);
    service.unsubscribeFromBill('123');
    expect(manager.unsubscribe).not.toHaveBeenCalled();
    expect(service.getSubscribedBills()).toEqual([123]);
    service.unsubscribeFromBill(123);
    service.unsubscribeFromBill(123);
    expect(manager.unsubscribe.mock.calls).toEqual([['id 1']]);
    expect(service.getSubscriptionCount()).toBe(0);
  });

  it('keeps nothing, and throws nothing', () => {
    const service = new BillTrackingService(plainMock());
    service.subscribeToBill(1);
    service.handleMessage({ type: 'bill_update', bill_id: 1 });
    expect(service.getBillUpdates(1)).toEqual([]);
    expect(service.getEngagementMetrics(1)).toBeNull();
    expect(service.getStats()).toEqual({
      subscribedBills: 1,
      totalUpdates: 0,
      queuedUpdates: 0,
      engagementMetrics: 0,
    });
  });

  it('ends every subscription at shutdown', () => {
    const manager = plainMock();
    const service = new BillTrackingService(manager);
    service.subscribeToBill(1);
    service.subscribeToBill(1);
    service.subscribeToBill(2);
    service.shutdown();
    expect(manager.unsubscribe.mock.calls).toEqual([['id 1'], ['id 2']]);
    expect(service.getSubscriptionCount()).toBe(0);
  });

  it.each([NaN, -1, 1.5, '', 'hr-1', '1 ', null, undefined, {}])('knows no bill %j', (id) => {
    const service = new BillTrackingService(plainMock());
    expect(() => service.subscribeToBill(id as never)).toThrow('whole number');
    expect(service.getBillUpdates(id as never)).toEqual([]);
    expect(service.getEngagementMetrics(id as never)).toBeNull();
    expect(() => service.unsubscribeFromBill(id as never)).not.toThrow();
  });
});

describe('BillTrackingService with a real manager', () => {
  it('reads what the engine knows', () => {
    const { service, engine } = serviceOnFake();
    const bills = service.getBillTrackingService();
    bills.subscribeToBill(1);
    bills.subscribeToBill(2);
    engine.readModel.addUpdates(1);
    engine.readModel.addUpdates(1);
    engine.readModel.setEngagement(2, 7);
    expect(bills.getBillUpdates('1').map((update) => update.data['newStatus'])).toEqual([
      'status 1',
      'status 2',
    ]);
    expect(bills.getBillUpdates(1)).toBe(bills.getBillUpdates(1));
    expect([...bills.getAllEngagementMetrics()]).toMatchObject([[2, { viewCount: 7 }]]);
    expect(bills.getStats()).toEqual({
      subscribedBills: 2,
      totalUpdates: 2,
      queuedUpdates: 0,
      engagementMetrics: 1,
    });
  });

  it('passes messages it is given to the engine', () => {
    const { service, engine } = serviceOnFake();
    service.getBillTrackingService().handleMessage({ type: 'bill_update', bill_id: 1 });
    expect(engine.told('inject')).toEqual([['{"type":"bill_update","bill_id":1}']]);
  });

  it('costs nothing per message', async () => {
    const { service, engine } = serviceOnFake();
    service.getBillTrackingService().subscribeToBill(1);
    await settle();
    expect(engine.told('subscribe')).toEqual([[1, 'bill:1', '{"deliver":false}']]);
  });
});
