import { describe, expect, it } from 'vitest';
import { Legislature } from '../../../web-demo/gateway/feeds/synthetic/legislature.js';
import { createSyntheticProducer } from '../../../web-demo/gateway/feeds/synthetic.js';
import { UPDATE_TYPES } from '../../../web-demo/gateway/events/event.js';
import { readPublished } from '../../../web-demo/gateway/events/published.js';
import { connect, startGateway } from '../support/fixture.js';
import type { Message } from '../support/test-client.js';
import { VirtualClock } from '../support/virtual-clock.js';

const NOW_MS = Date.UTC(2026, 0, 1);

function sequence(seed: number, bills: number, length: number): Message[] {
  const legislature = new Legislature(seed, bills);
  return Array.from({ length }, (_unused, index) => legislature.next(NOW_MS + index));
}

const updatesOf = (messages: Message[], billId: number): Message[] =>
  messages
    .filter((message) => message.bill_id === billId && message.type === 'bill_update')
    .map(({ update }) => update as Message);

describe('simulated legislation', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(sequence(7, 12, 2000)).toEqual(sequence(7, 12, 2000));
    expect(sequence(7, 12, 50)).not.toEqual(sequence(8, 12, 50));
  });

  it('has every type of update, each of them valid to publish', () => {
    const messages = sequence(1, 12, 5000);
    const events = readPublished(messages, 'unused');
    expect(events).toHaveLength(5000);
    const types = new Set(events.flatMap(({ updates }) => updates.map(({ type }) => type)));
    expect([...types].sort()).toEqual([...UPDATE_TYPES].sort());
    expect(events.some(({ type }) => type === 'engagement_metrics')).toBe(true);
  });

  it('numbers the events of a bill without a gap', () => {
    const updates = updatesOf(sequence(1, 3, 3000), 2);
    expect(updates.map(({ data }) => data.eventId)).toEqual(
      updates.map((_update, index) => `sim-2-${index + 1}`),
    );
  });

  it('bills go through their stages in order, with a vote scheduled before each passage', () => {
    for (const billId of [1, 2, 3, 4, 5, 6]) {
      const updates = updatesOf(sequence(3, 6, 20_000), billId);
      const way: string[] = updates.flatMap(({ type, data }) => {
        if (type === 'voting_scheduled') return ['vote'];
        return type === 'status_change' ? [data.newStatus as string] : [];
      });
      const origin = way.find((status) => /^passed_(house|senate)$/.test(status));
      const stages = [
        'introduced',
        'in_committee',
        'reported',
        'floor_debate',
        'vote',
        origin,
        'in_committee',
        'reported',
        'floor_debate',
        'vote',
        'passed_both',
        'to_president',
        'signed',
      ];
      const start = way.indexOf('introduced');
      expect(start).toBeGreaterThanOrEqual(0);
      const complete = way.slice(
        start,
        start + Math.floor((way.length - start) / stages.length) * stages.length,
      );
      expect(complete.length).toBeGreaterThan(0);
      expect(complete).toEqual(complete.map((_status, index) => stages[index % stages.length]));
    }
  });

  it('counters only grow, and comments are counted as they come', () => {
    const messages = sequence(5, 4, 4000).filter((message) => message.bill_id === 1);
    let comments = 0;
    let views = 0;
    for (const message of messages) {
      if (message.update?.type === 'new_comment') comments += 1;
      if (message.type !== 'engagement_metrics') continue;
      expect(message.metrics.comment_count).toBe(comments);
      expect(message.metrics.view_count).toBeGreaterThan(views);
      views = message.metrics.view_count as number;
    }
    expect(comments).toBeGreaterThan(0);
  });
});

describe('its pace', () => {
  async function run(
    rate: number,
    durationMs: number,
  ): Promise<{ atMs: number[]; skipped: unknown; clock: VirtualClock }> {
    const clock = new VirtualClock();
    const startMs = clock.now();
    const atMs: number[] = [];
    const producer = createSyntheticProducer(
      { rate, bills: 1, seed: 1 },
      { clock, announce: () => {}, publish: () => atMs.push(clock.now() - startMs) },
    );
    const abort = new AbortController();
    const running = producer.run(abort.signal);
    atMs.length = 0; // the opening
    await clock.advance(durationMs);
    abort.abort();
    await running;
    return { atMs, skipped: producer.stats().skipped, clock };
  }

  it.each([0.5, 5, 333, 10_000, 50_000])('%d a second is exactly that many', async (rate) => {
    const { atMs, skipped } = await run(rate, 4000);
    expect(atMs).toHaveLength(rate * 4);
    expect(skipped).toBe(0);
  });

  it('10,000 a second leave in slices of a few milliseconds', async () => {
    const { atMs } = await run(10_000, 1000);
    const slices = new Map<number, number>();
    for (const moment of atMs) slices.set(moment, (slices.get(moment) ?? 0) + 1);
    expect(Math.max(...slices.values())).toBeLessThanOrEqual(30);
    expect(slices.size).toBeGreaterThan(300);
  });

  it('after a stall the backlog is cut, not sent as a burst', async () => {
    const clock = new VirtualClock();
    let published = 0;
    const producer = createSyntheticProducer(
      { rate: 1000, bills: 1, seed: 1 },
      {
        clock: { ...clock, now: () => clock.now() + stallMs },
        announce: () => {},
        publish: () => (published += 1),
      },
    );
    let stallMs = 0;
    const abort = new AbortController();
    const running = producer.run(abort.signal);
    await clock.advance(1000);
    published = 0;
    stallMs = 60_000;
    await clock.advance(10);
    expect(published).toBeLessThanOrEqual(120);
    expect(producer.stats().skipped).toBeGreaterThan(59_000);
    abort.abort();
    await running;
  });
});

describe('as the feed of a gateway', () => {
  it('lists its bills as synthetic, and gives late clients where each stands', async () => {
    const clock = new VirtualClock();
    const gateway = await startGateway({ feed: 'synthetic', bills: 3, people: 0, rate: 10, clock });
    await clock.advance(2000);
    const listed = (await (await fetch(`${gateway.httpUrl}/bills`)).json()) as Message;
    expect(listed).toMatchObject({
      source: 'synthetic',
      bills: [{ id: 1, source: 'synthetic' }, { id: 2 }, { id: 3 }],
    });
    const client = await connect(gateway.url);
    await client.request({ type: 'batch_subscribe', data: { bill_ids: [1, 2, 3] } });
    await client.settled();
    expect(client.ofType('engagement_metrics')).toHaveLength(3);
    expect(client.ofType('batched_updates')).toHaveLength(3);
    expect(gateway.stats()).toMatchObject({
      published: 2 * 3 + 20,
      feed: { source: 'synthetic', state: 'running' },
    });
  });
});
