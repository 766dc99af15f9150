import { expect, it } from 'vitest';
import { PRESENCE_INTERVAL_MS } from '../../../web-demo/gateway/community/presence.js';
import { connect, startGateway } from '../support/fixture.js';
import type { TestClient } from '../support/test-client.js';
import { VirtualClock } from '../support/virtual-clock.js';

async function visitor(url: string, topic = 'discussion:5'): Promise<TestClient> {
  const client = await connect(url);
  await client.open(topic);
  return client;
}

async function counts(client: TestClient): Promise<number[]> {
  await client.settled();
  return client.ofType('presence_update').map(({ count }) => count as number);
}

it('tells how many connections follow a discussion, at most one message per interval', async () => {
  const clock = new VirtualClock();
  const { url } = await startGateway({ clock });
  const first = await visitor(url);
  expect(first.ofType('presence_update')).toEqual([
    { type: 'presence_update', bill_id: 5, count: 1, timestamp: expect.any(String) },
  ]);
  const others = [await visitor(url), await visitor(url), await visitor(url)];
  expect(await counts(first)).toEqual([1]);
  await clock.advance(PRESENCE_INTERVAL_MS);
  expect(await counts(first)).toEqual([1, 4]);
  others[0]?.terminate();
  await others[0]?.closed;
  await others[1]?.request({ type: 'unsubscribe', topic: 'discussion:5' });
  await clock.advance(PRESENCE_INTERVAL_MS);
  await first.until(() => first.ofType('presence_update').length >= 3);
  await clock.advance(PRESENCE_INTERVAL_MS);
  expect((await counts(first)).at(-1)).toBe(2);
});

it('counts connections, not subscriptions nor topics', async () => {
  const { url } = await startGateway();
  const client = await visitor(url);
  await client.open('discussion:5', { subscriptionId: 'another' });
  await client.open('community:5');
  await client.open('discussion:6');
  await client.open('*');
  await client.request({ type: 'unsubscribe', topic: 'discussion:5' });
  expect(new Set(await counts(client))).toEqual(new Set([1]));
});

it('a newcomer knows the count at once, and everyone agrees in the end', async () => {
  const clock = new VirtualClock();
  const { url } = await startGateway({ clock });
  const first = await visitor(url);
  const second = await visitor(url);
  expect(await counts(second)).toEqual([2]);
  await second.request({ type: 'unsubscribe', topic: 'discussion:5' });
  const third = await visitor(url);
  expect(await counts(third)).toEqual([2]);
  third.terminate();
  await third.closed;
  await first.settled();
  await clock.advance(PRESENCE_INTERVAL_MS);
  await clock.advance(PRESENCE_INTERVAL_MS);
  expect((await counts(first)).at(-1)).toBe(1);
});

it('says nothing when in the end nothing has changed', async () => {
  const clock = new VirtualClock();
  const { url } = await startGateway({ clock });
  const first = await visitor(url);
  await first.request({ type: 'unsubscribe', topic: 'discussion:5' });
  await first.open('discussion:5');
  const before = await counts(first);
  await clock.advance(10 * PRESENCE_INTERVAL_MS);
  expect(await counts(first)).toEqual(before);
});
