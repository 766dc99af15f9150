/** The bus in memory, against a model that keeps everything. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryBus } from '../../../web-demo/gateway/bus/memory-bus.js';
import type { StreamEntry } from '../../../web-demo/gateway/bus/stream-entry.js';
import type { GatewayEvent } from '../../../web-demo/gateway/events/event.js';
import { readPublished } from '../../../web-demo/gateway/events/published.js';
import { metrics, statusChange } from '../support/fixture.js';
import type { Message } from '../support/test-client.js';

const TIME = '2026-01-02T03:04:05.000Z';

const eventOf = (message: Message): GatewayEvent => readPublished(message, TIME)[0] as GatewayEvent;

const note = (userId: string | null, text: string): GatewayEvent =>
  eventOf({
    type: 'notification',
    id: 'n',
    title: 't',
    message: text,
    ...(userId === null ? {} : { user_id: userId }),
  });

type Action =
  { topic: number; size: number } | { user: number | null; size: number } | { passing: true };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ topic: fc.nat(5), size: fc.nat(300) }) },
  {
    weight: 4,
    arbitrary: fc.record({ user: fc.option(fc.nat(4)), size: fc.nat(300) }),
  },
  { weight: 1, arbitrary: fc.record({ passing: fc.constant(true as const) }) },
);

function toEvent(done: Action): GatewayEvent {
  if ('topic' in done) return eventOf(statusChange(done.topic, 'x'.repeat(done.size)));
  if ('user' in done)
    return note(done.user === null ? null : `u${done.user}`, 'x'.repeat(done.size + 1));
  return eventOf({ type: 'presence_update', bill_id: 1, count: 1 });
}

const limits = fc.record({
  streamEvents: fc.integer({ min: 0, max: 6 }),
  streamBytes: fc.integer({ min: 0, max: 2000 }),
  streamMemoryBytes: fc.integer({ min: 0, max: 5000 }),
  maximumStreams: fc.integer({ min: 1, max: 7 }),
  maximumAudiences: fc.integer({ min: 1, max: 3 }),
});

describe('for every audience, whatever the bounds and wherever it stands,', () => {
  it('a replay is what was published after the position or after the floor, and nothing else', () => {
    fc.assert(
      fc.property(
        limits,
        fc.array(action, { maxLength: 60 }),
        fc.nat(8),
        (bounds, actions, count) => {
          const bus = new MemoryBus(bounds);
          const received: StreamEntry[] = [];
          bus.receive = (entry) => received.push(entry);
          for (const done of actions) {
            const event = toEvent(done);
            const position = bus.publish(event, null);
            const entry = received.at(-1) as StreamEntry;
            expect(entry.event).toBe(event);
            expect(position?.seq ?? null).toBe(entry.seq);
          }
          expect(received).toHaveLength(actions.length);
          const topics = [...new Set(received.map(({ topic }) => topic)), 'bill:99'];
          for (const topic of topics)
            for (const audience of [null, 'u0', 'u1', 'u4', 'nobody']) {
              const meant = received.filter(
                ({ event, seq }) =>
                  seq !== null &&
                  event.topic === topic &&
                  (event.userId === null || event.userId === audience),
              );
              const place = bus.locate(topic, audience, count);
              const all = bus.replay(topic, audience, 0, 1000);
              expect(all.entries).toEqual(meant.filter(({ seq }) => Number(seq) > place.floor));
              expect(all.floor).toBe(place.floor);
              expect(place.start).toBeGreaterThanOrEqual(place.floor);
              expect(place.start).toBeLessThanOrEqual(place.seq);
              for (const { seq } of meant) expect(seq).toBeLessThanOrEqual(place.seq);
              const newest = all.entries.filter(({ seq }) => Number(seq) > place.start);
              expect(newest).toEqual(count === 0 ? [] : all.entries.slice(-count));
              for (const after of [0, place.floor, place.start, place.seq, place.seq + 1])
                for (const limit of [1, 3, 1000]) {
                  const { entries } = bus.replay(topic, audience, after, limit);
                  const expected = all.entries.filter(({ seq }) => Number(seq) > after);
                  expect(entries).toEqual(expected.slice(0, limit));
                }
            }
          const { historyBytes, historyEvents, streams } = bus.stats();
          expect(historyBytes).toBeLessThanOrEqual(bounds.streamMemoryBytes);
          expect(streams).toBeLessThanOrEqual(bounds.maximumStreams);
          expect(historyEvents).toBeLessThanOrEqual(
            bounds.streamEvents * (5 + bounds.maximumStreams),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('numbers of a stream grow, also when it was forgotten in between', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 80 }), (bills) => {
        const bus = new MemoryBus({
          streamEvents: 5,
          streamBytes: 10_000,
          streamMemoryBytes: 10_000,
          maximumStreams: 2,
        });
        const newest = new Map<number, number>();
        for (const bill of bills) {
          const seq = bus.publish(eventOf(metrics(bill, 1)), null)?.seq as number;
          expect(seq).toBeGreaterThan(newest.get(bill) ?? 0);
          newest.set(bill, seq);
        }
      }),
    );
  });
});

describe('the event log of one user', () => {
  it('is not pushed out by what others are told', () => {
    const bus = new MemoryBus({ streamEvents: 3, streamBytes: 10_000, streamMemoryBytes: 100_000 });
    bus.publish(note('a', 'mine'), null);
    for (let count = 0; count < 50; count += 1) bus.publish(note('b', 'theirs'), null);
    expect(bus.replay('user_notifications', 'a', 0, 10)).toMatchObject({
      floor: 0,
      entries: [{ seq: 1 }],
    });
    expect(bus.replay('user_notifications', 'b', 0, 10).floor).toBe(48);
  });
});

describe('another process', () => {
  it.each<[message: Message]>([
    [statusChange(1, 'x')],
    [metrics(1, 5)],
    [{ type: 'batched_updates', updates: [{ bill_id: 7, type: 'amendment', data: {} }] }],
    [{ type: 'commentUpdate', billId: 5, commentId: 'c', action: 'updated', data: { text: 'x' } }],
    [{ type: 'vote_update', bill_id: 5, user_id: 'u', vote_type: 'oppose' }],
    [{ type: 'community_update', discussion_id: 'd', update_type: 'expert_joined' }],
    [{ type: 'typing_indicator', bill_id: 5, user_id: 'u', is_typing: false }],
    [{ type: 'presence_update', bill_id: 5, count: 2 }],
    [{ type: 'expert_activity', expert_id: 'e' }],
    [{ type: 'moderation_event', target_id: 't' }],
    [{ type: 'notification', title: 't', message: 'm', user_id: 'u' }],
    [{ type: 'notification', notification: { title: 't', message: 'm', user_id: 'u' } }],
    [{ type: 'notification_clear', clear_all: true, user_id: 'u' }],
  ])('reads the same event from its message: %j', (message) => {
    const event = eventOf(message);
    const again = readPublished(JSON.parse(JSON.stringify(event.message)), 'another time');
    expect(again).toEqual([event]);
  });
});

describe('an event that may only come after a certain one', () => {
  it('is published when that is the newest of its topic, and refused with the newest when it is not', () => {
    const bus = new MemoryBus({ streamEvents: 10, streamBytes: 1e6, streamMemoryBytes: 1e6 });
    const event = eventOf(statusChange(1, 'passed'));
    expect(bus.publish(event, null, null, 0)).toMatchObject({ seq: 1 });
    bus.publish(eventOf(statusChange(2, 'passed')), null);
    expect(bus.publish(event, null, null, 1)).toMatchObject({ seq: 2 });
    expect(() => bus.publish(event, null, null, 1)).toThrow(expect.objectContaining({ newest: 2 }));
    expect(bus.replay('bill:1', null, 0, 10).entries).toHaveLength(2);
  });
});

describe('documents in memory', () => {
  it('are changed by whoever has seen the newest revision, and tell what they are now', () => {
    const bus = new MemoryBus({ streamEvents: 10, streamBytes: 1e6, streamMemoryBytes: 1e6 });
    const documents = bus.documents('preferences');
    const told: unknown[] = [];
    documents.changed = (value) => told.push(value);
    expect(documents.get('a')).toBeNull();
    expect(documents.put('a', 1, 0)).toBe(true);
    expect(documents.put('a', 2, 0)).toBe(false);
    expect(documents.put('a', 3, documents.get('a')?.revision ?? 0)).toBe(true);
    expect(documents.get('a')?.value).toBe(3);
    expect(told).toEqual([1, 3]);
    expect(bus.documents('preferences')).toBe(documents);
    expect(bus.documents('sums').get('a')).toBeNull();
  });
});
