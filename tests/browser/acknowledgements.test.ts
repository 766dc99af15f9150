/**
 * What one tab sends takes effect once and is seen by every tab once, also when the server's word for it gets lost, and
 * also when the page is loaded again before it came.
 */

import { expect } from 'vitest';

import type { Gateway } from '../../web-demo/gateway/gateway.js';
import { testOfDelivery } from './support/delivery-test.js';
import type { FaultAction } from './support/fault-rule.js';

const test = testOfDelivery();

test.for<FaultAction>([{ do: 'drop' }, { do: 'cut mid-frame' }, { do: 'half-open' }])(
  'a comment whose acknowledgement is lost ($do) is applied once',
  async (then, { startLine }) => {
    const { gateway, gatewayPort, open, proxy } = await startLine();
    const websocket = {
      reconnect: { delay: 20, maxDelay: 200, maxAttempts: 10_000 },
      heartbeat: { interval: 1500, timeout: 1000 },
    };
    const query = { bills: 1, discussions: 1, websocket };
    // Only the tab that writes has a line that breaks.
    const writer = await open(query);
    const reader = await open({ ...query, port: gatewayPort });
    await expect.poll(() => gateway.stats().subscriptions).toBe(4);
    const lost = proxy.add({ when: { direction: 'to page', type: 'ack' }, then });
    const sent = writer.page.evaluate(() => window.deliveryPage.comment(1, 'said once'));
    await expect.poll(() => lost.applied).toBe(1);
    // A frame that is lost on a connection that lives on is nothing TCP can do; here it ends later.
    if (then.do === 'drop') {
      proxy.cut();
      proxy.mend();
    }
    await sent;

    const comments = gateway.log
      .events('discussion:1')
      .filter(({ message }) => message['type'] === 'comment_update');
    expect(comments.map(({ message }) => message['data'] as unknown)).toEqual([
      { text: 'said once' },
    ]);
    expect(await writer.counter('messagesResent')).toBe(1);
    await expect.poll(() => writer.counter('outboxMessages')).toBe(0);
    const log = gateway.log.events();
    for (const tab of [writer, reader]) {
      await tab.untilTold(log);
      expect(await tab.check(log)).toMatchObject({ lost: 0, lossyGaps: 0 });
      const shown = await tab.page.evaluate(() => window.deliveryPage.comments(1));
      // What a message says besides its `data` is shown with it.
      const name = comments[0]?.message['user_name'];
      expect(shown.map(({ data }) => data)).toEqual([{ text: 'said once', user_name: name }]);
    }
  },
);

/** How many messages the page has stored for the next visit. */
async function storedMessages(): Promise<number> {
  const name = 'civic-realtime-outbox';
  // Opening it would make one.
  if ((await indexedDB.databases()).every((database) => database.name !== name)) return 0;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => {
      reject(new Error(`${name} cannot be opened`, { cause: opening.error }));
    };
    opening.onsuccess = () => {
      const reading = opening.result.transaction('messages').objectStore('messages').getAll();
      reading.onsuccess = () => {
        opening.result.close();
        const shelves = reading.result as { messages: unknown[] }[];
        resolve(shelves.reduce((sum, { messages }) => sum + messages.length, 0));
      };
    };
  });
}

function commentsIn(gateway: Gateway): string[] {
  return gateway.log
    .events('discussion:1')
    .filter(({ message }) => message['type'] === 'comment_update')
    .map(({ message }) => (message['data'] as { text: string }).text);
}

// Nobody is signed in: the server knows the visitor by what the engine calls itself, which is another after a reload.
test.for([
  { what: 'acknowledgement', direction: 'to page', type: 'ack', applied: 1 },
  { what: 'frame', direction: 'to gateway', type: 'comment_update', applied: 0 },
] as const)(
  'a comment of a guest whose $what is lost before a reload is applied once',
  async ({ direction, type, applied }, { startLine }) => {
    const { gateway, open, proxy } = await startLine();
    const tab = await open({ discussions: 1 });
    await expect.poll(() => gateway.stats().subscriptions).toBe(1);
    const lost = proxy.add({ when: { direction, type }, then: { do: 'drop' } });
    await tab.page.evaluate(() => {
      void window.deliveryPage.comment(1, 'before');
    });
    await expect.poll(() => lost.applied).toBe(1);
    expect(commentsIn(gateway)).toHaveLength(applied);
    await expect.poll(() => tab.page.evaluate(storedMessages)).toBe(1);

    await tab.page.reload();
    await tab.page.evaluate(() => window.deliveryPage.ready);
    await tab.page.evaluate(() => window.deliveryPage.comment(1, 'after'));
    await expect.poll(() => tab.counter('messagesAcknowledged')).toBe(2);
    expect(commentsIn(gateway).sort()).toEqual(['after', 'before']);
    expect(gateway.stats().acks.duplicates).toBe(applied);
    await expect.poll(() => tab.page.evaluate(storedMessages)).toBe(0);
  },
);

test('a comment of a guest who signs in before it is acknowledged is applied once', async ({
  startLine,
}) => {
  const { gateway, open, proxy } = await startLine();
  const websocket = { reconnect: { delay: 20, maxDelay: 200, maxAttempts: 10_000 } };
  const tab = await open({ discussions: 1, websocket });
  await expect.poll(() => gateway.stats().subscriptions).toBe(1);
  const lost = proxy.add({ when: { direction: 'to page', type: 'ack' }, then: { do: 'drop' } });
  const sent = tab.page.evaluate(() => window.deliveryPage.comment(1, 'as a guest'));
  await expect.poll(() => lost.applied).toBe(1);
  await tab.page.evaluate(() => window.deliveryPage.signIn('the-token-of-ann'));
  proxy.cut();
  proxy.mend();
  await sent;
  await tab.page.evaluate(() => window.deliveryPage.comment(1, 'as Ann'));
  expect(commentsIn(gateway)).toEqual(['as a guest', 'as Ann']);
  expect(gateway.stats().acks.duplicates).toBe(1);
});
