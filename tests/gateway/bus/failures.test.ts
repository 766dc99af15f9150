/** Dialect v2 when the bus fails: nothing is lost silently, and what can go on goes on. */

import { describe, expect, it } from 'vitest';
import { greet, startGateway, statusChange } from '../support/fixture.js';
import { Page } from '../support/page.js';
import { SlowBus } from '../support/slow-bus.js';
import { VirtualClock } from '../support/virtual-clock.js';

const LIMITS = { streamEvents: 100, streamBytes: 2 ** 20, streamMemoryBytes: 2 ** 20 };

describe('a bus', () => {
  it('that lost its history is noticed by its epoch, and the page asks again', async () => {
    const bus = new SlowBus(LIMITS);
    const gateway = await startGateway({ bus });
    const page = new Page(gateway.url, 'engine');
    await page.connect();
    page.subscribe(['bill:1']);
    await page.settled();
    for (const status of ['a', 'b', 'c']) gateway.publish(statusChange(1, status));
    await bus.idle();
    await page.settled();
    bus.lose();
    for (const status of ['d', 'e']) gateway.publish(statusChange(1, status));
    await bus.idle();
    const stream = page.of('bill:1');
    await page.client?.until(() => stream.taken.length === 5);
    expect(stream.taken.map(({ update }) => update.data.newStatus)).toEqual([
      ...['a', 'b', 'c', 'd', 'e'],
    ]);
    const [old, lost] = [stream.taken[0]?.epoch, stream.taken[3]?.epoch];
    expect(old).not.toBe(lost);
    expect(stream.gaps).toEqual([{ epoch: old, from: 4, to: null }]);
    expect(page.faults).toEqual([]);
  });

  it('that cannot be read is tried again, and then brings everything', async () => {
    const clock = new VirtualClock();
    const bus = new SlowBus(LIMITS);
    const gateway = await startGateway({ bus, clock });
    for (const status of ['a', 'b', 'c']) gateway.publish(statusChange(1, status));
    await bus.idle();
    const client = await greet(gateway.url);
    bus.replayFailures = [new Error('the broker is gone')];
    await client.follow('bill:1');
    const failed = 'history could not be read: the broker is gone';
    await expect.poll(() => gateway.logLines.join('\n')).toContain(failed);
    await client.settled();
    expect(client.ofStream('bill:1')).toEqual([]);
    await clock.advance(1000);
    await client.find(({ seq }) => seq === 3);
    expect(client.ofStream('bill:1').map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('that cannot say where a stream stands closes the connection, so that the page comes back', async () => {
    const bus = new SlowBus(LIMITS);
    const gateway = await startGateway({ bus });
    const client = await greet(gateway.url);
    bus.locateFailure = new Error('the broker is gone');
    client.send({ type: 'subscribe', messageId: 'm', topics: [{ topic: 'bill:1' }] });
    expect(await client.closed).toEqual({ code: 1011, reason: 'the gateway failed' });
    expect(gateway.logLines.join('\n')).toContain('the broker is gone');
    await expect.poll(() => gateway.stats().streams.followed).toBe(0);
  });
});
