// @vitest-environment node
import { expect, it } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';

it('has the engine compute while somebody wants it', async () => {
  const { service, engine } = serviceOnFake();
  const engagement = service.getEngagementService();
  expect([engagement.getAnalytics(1), engagement.getMovers()]).toEqual([null, []]);
  const [first, second] = [engagement.subscribeToAnalytics(), engagement.subscribeToAnalytics()];
  expect(engine.topicsTold('subscribe')).toEqual(['local:engagement']);
  first();
  first();
  await settle();
  expect(engine.told('unsubscribe')).toEqual([]);
  second();
  await settle();
  expect(engine.told('unsubscribe')).toHaveLength(1);
});

it('reads what the engine computed', () => {
  const { service, engine } = serviceOnFake();
  const engagement = service.getEngagementService();
  const rate = { total: 1, perMinute: 1, smoothedPerMinute: 1, trend: 0 };
  const measures = { views: rate, comments: rate, saves: rate, shares: rate };
  const windows = { '1m': measures, '15m': measures, '24h': measures };
  const analytics = { billId: 1, windows, timestamp: 5 };
  const perMinute = { views: 1, comments: 0, saves: 0, shares: 0 };
  engine.readModel.setValue('bill:1', CellKind.billAnalytics, analytics);
  engine.readModel.setValue('local:engagement', CellKind.movers, [
    { billId: 1, score: 1, perMinute },
  ]);
  expect(engagement.getAnalytics('1')).toBe(analytics);
  expect(engagement.getAnalytics('x')).toBeNull();
  expect(engagement.getMovers()).toEqual([{ billId: 1, score: 1, perMinute }]);
});
