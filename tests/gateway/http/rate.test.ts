/** The rate of the simulated bills: chosen while the gateway runs, achieved, and shown. */

import { describe, expect, it } from 'vitest';
import { Admission } from '../../../web-demo/gateway/access/admission.js';
import { Counters } from '../../../web-demo/gateway/stats/counters.js';
import { createRoutes } from '../../../web-demo/gateway/http/routes.js';
import { RateMeter } from '../../../web-demo/gateway/feeds/rate-meter.js';
import { connect, postJson, startGateway } from '../support/fixture.js';
import { VirtualClock } from '../support/virtual-clock.js';

const simulation = { feed: 'synthetic', bills: 3, people: 0 } as const;

describe('POST /rate', () => {
  it.each([1, 7, 1000, 50_000])('%d a second is what follows', async (rate) => {
    const clock = new VirtualClock();
    const { httpUrl, stats } = await startGateway({ ...simulation, rate: 20, clock });
    await clock.advance(1500);
    expect(await postJson(`${httpUrl}/rate`, { updates_per_second: rate })).toEqual({
      status: 200,
      body: { updates_per_second: rate },
    });
    const before = stats().published;
    await clock.advance(2000);
    expect(stats().published - before).toBe(2 * rate);
    expect(stats().feed).toMatchObject({ rate, achievedRate: rate, skipped: 0 });
  });

  it('begins what was begun with rate 0, and is kept by a feed that waits', async () => {
    const clock = new VirtualClock();
    const idle = await startGateway({ ...simulation, rate: 0, clock });
    const waiting = await startGateway({ ...simulation, rate: 3, paused: true, clock });
    await clock.advance(1000);
    for (const { httpUrl } of [idle, waiting])
      await postJson(`${httpUrl}/rate`, { updatesPerSecond: 10 });
    await postJson(`${waiting.httpUrl}/feed/start`, {});
    await clock.advance(1000);
    const opening = 2 * 3;
    expect([idle.stats().published, waiting.stats().published]).toEqual([
      opening + 10,
      opening + 10,
    ]);
  });

  it.each<[unknown, string | RegExp]>([
    ['{', /^body is not JSON: /],
    [[], 'body is an array of 0; allowed: {"updates_per_second": number}'],
    [{}, 'updates_per_second is missing; allowed: a number from 1 to 50000'],
    [{ updates_per_second: '5' }, 'updates_per_second is "5"; allowed: a number from 1 to 50000'],
    [{ updates_per_second: 0 }, 'updates_per_second is 0; allowed: a number from 1 to 50000'],
    [
      { updates_per_second: 50_001 },
      'updates_per_second is 50001; allowed: a number from 1 to 50000',
    ],
  ])('refuses %j', async (body, error) => {
    const { httpUrl, stats } = await startGateway({ ...simulation, rate: 3, paused: true });
    expect(await postJson(`${httpUrl}/rate`, body)).toEqual({
      status: 400,
      body: { error: typeof error === 'string' ? error : expect.stringMatching(error) },
    });
    expect(stats().feed.rate).toBe(3);
  });

  it('is for the simulation only, and for who has the token', async () => {
    const none = await startGateway();
    expect(await postJson(`${none.httpUrl}/rate`, { updates_per_second: 5 })).toEqual({
      status: 409,
      body: { error: 'this feed has a pace of its own; allowed: with --feed synthetic only' },
    });
    const closed = await startGateway({ ...simulation, paused: true, requireToken: 'secret' });
    const answer = await postJson(`${closed.httpUrl}/rate`, { updates_per_second: 5 });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['127.0.0.1', 200],
    ['127.8.9.1', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['192.168.1.9', 403],
    ['::ffff:10.0.0.1', 403],
    ['1270.0.0.1', 403],
    [undefined, 403],
  ])('from %s is answered with %d', async (remoteAddress, status) => {
    const unused = () => ({});
    const routes = createRoutes({
      admission: new Admission([], null),
      counters: new Counters(),
      maximumMessageBytes: 1024,
      publish: () => Promise.resolve({ published: 0, deliveredTo: 0 }),
      outage: () => null,
      startFeed: () => 'running',
      setRate: () => true,
      stats: unused,
      health: unused,
      bills: unused,
      log: unused,
    });
    const request = { method: 'POST', body: '{"updates_per_second":5}' };
    const answer = await routes.request('/rate', request, {
      incoming: { socket: { remoteAddress } },
    });
    expect(answer.status).toBe(status);
  });
});

describe('on the wire', () => {
  it('many updates leave in batches of at most 50, few as they are', async () => {
    const clock = new VirtualClock();
    const gateway = await startGateway({ ...simulation, rate: 20, historySize: 0, clock });
    const client = await connect(gateway.url);
    await client.open('*');
    await clock.advance(1000);
    await client.settled();
    expect(client.ofType('batch')).toEqual([]);
    await postJson(`${gateway.httpUrl}/rate`, { updates_per_second: 50_000 });
    client.received.length = 0;
    const before = gateway.stats().published;
    await clock.advance(100);
    await client.settled();
    const sizes = client.ofType('batch').map(({ messages }) => (messages as unknown[]).length);
    expect(Math.max(...sizes)).toBe(50);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const single = client.received.length - sizes.length - 1;
    expect(total + single).toBe(5000);
    expect(gateway.stats().published - before).toBe(5000);
    expect(sizes.length).toBeLessThanOrEqual(150);
    expect(gateway.stats().dropped).toBe(0);
  });

  it('--batch is not cut short by it', async () => {
    const clock = new VirtualClock();
    const options = { rate: 100, historySize: 0, batchSize: 200, batchIntervalMs: 1000, clock };
    const gateway = await startGateway({ ...simulation, ...options });
    const client = await connect(gateway.url);
    await client.open('*');
    await clock.advance(1100);
    await client.settled();
    expect(client.ofType('batch')[0]?.messages.length).toBeGreaterThanOrEqual(90);
  });
});

describe('the meter', () => {
  it('is the mean over the last two seconds, and forgets what is older', async () => {
    const clock = new VirtualClock();
    const meter = new RateMeter(clock);
    expect(meter.perSecond()).toBe(0);
    meter.reset();
    for (let count = 0; count < 10; count += 1) {
      meter.count();
      await clock.advance(50);
    }
    expect(meter.perSecond()).toBe(20);
    await clock.advance(500);
    expect(meter.perSecond()).toBe(10);
    await clock.advance(60_000);
    expect(meter.perSecond()).toBe(0);
    meter.count();
    await clock.advance(1000);
    expect(meter.perSecond()).toBeCloseTo(0.5, 1);
  });
});
