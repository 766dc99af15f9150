/** One topic of NATS that is followed, against a history whose answers the test gives when it likes. */

import { beforeEach, describe, expect, it } from 'vitest';
import { Channel } from '../../../../../web-demo/gateway/bus/nats/topics/channel.js';
import type { History } from '../../../../../web-demo/gateway/bus/nats/stream/history.js';
import { Lane } from '../../../../../web-demo/gateway/bus/nats/topics/lane.js';
import type { GatewayEvent } from '../../../../../web-demo/gateway/events/event.js';
import { StreamEntry } from '../../../../../web-demo/gateway/bus/stream-entry.js';
import { readPublished } from '../../../../../web-demo/gateway/events/published.js';
import { statusChange } from '../../../support/fixture.js';

const LIMITS = { streamEvents: 100, streamBytes: 1e6 };

const entryOf = (seq: number): StreamEntry => {
  const [event] = readPublished(statusChange(1, String(seq)), '2026-01-02T03:04:05.000Z');
  return new StreamEntry(event as GatewayEvent, 'epoch', seq, null);
};

/** What is stored, by subject. */
class FakeHistory {
  stored = new Map<string, number[]>();
  /** Reading waits for it. */
  reading: Promise<void> = Promise.resolve();
  reads = 0;

  of = (subject: string): number[] => this.stored.get(subject) ?? [];
  newest = async (subject: string): Promise<number> =>
    Promise.resolve(this.of(subject).at(-1) ?? 0);
  newestOfAll = async (): Promise<number> =>
    Promise.resolve(Math.max(0, ...[...this.stored.values()].flat()));
  place = async (subject: string): Promise<{ seq: number; floor: number }> => ({
    seq: await this.newest(subject),
    floor: 0,
  });
  readUpTo = async (subject: string, after: number): Promise<unknown> => {
    this.reads += 1;
    await this.reading;
    const entries = this.of(subject)
      .filter((seq) => seq > after)
      .map(entryOf);
    const through = Number(entries.at(-1)?.seq ?? after);
    return { entries, through, floor: 0, reach: through, isAll: true };
  };
}

let history: FakeHistory;
let connection: FakeHistory | null;
let told: (number | string)[];
let recall: () => Promise<void>;
let channel: Channel;

const laneOf = (subject: string, audience: string | null): Lane => {
  const lane = new Lane(subject, audience, { events: 0, bytes: 0, evicted: 0 }, LIMITS);
  channel.lanes.set(audience, lane);
  return lane;
};
const hear = (lane: Lane, seq: number, previous: number): void =>
  channel.hear({ lane, seq, previous, read: () => entryOf(seq) });
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  history = new FakeHistory();
  connection = history;
  told = [];
  recall = () => Promise.resolve();
  channel = new Channel('user_notifications', {
    history: () => connection as unknown as History | null,
    deliver: (_lane, entry) => told.push(Number(entry.seq)),
    recall: () => recall(),
    lost: (_topic, audience) => told.push(`lost ${audience}`),
    late: (_topic, audience) => told.push(`late ${audience}`),
    doubt: () => {},
    failed: (error) => told.push(`failed: ${error.message}`),
  });
});

describe('a topic with events for single users', () => {
  it('says when an event for everybody comes after a later one for a user, to that user', async () => {
    const [everybody, ann, bob] = [
      laneOf('u', null),
      laneOf('u.ann', 'ann'),
      laneOf('u.bob', 'bob'),
    ];
    channel.bring();
    await Promise.all([everybody, ann, bob].map((lane) => channel.placed(lane)));
    await settle();
    hear(ann, 5, 0);
    hear(everybody, 4, 0);
    expect(told).toEqual([5, 'late ann', 4]);
  });

  it('says when an event for a user comes after a later one for everybody', async () => {
    const [everybody, ann] = [laneOf('u', null), laneOf('u.ann', 'ann')];
    channel.bring();
    await Promise.all([everybody, ann].map((lane) => channel.placed(lane)));
    await settle();
    hear(everybody, 9, 0);
    hear(ann, 8, 0);
    hear(ann, 10, 8);
    expect(told).toEqual([9, 'late ann', 8, 10]);
  });

  it('brings what was missed of several lanes in one order', async () => {
    const [everybody, ann] = [laneOf('u', null), laneOf('u.ann', 'ann')];
    channel.bring();
    await Promise.all([everybody, ann].map((lane) => channel.placed(lane)));
    await settle();
    history.stored = new Map([
      ['u', [1, 4, 5]],
      ['u.ann', [2, 3, 6]],
    ]);
    channel.bring();
    hear(everybody, 5, 4);
    await expect.poll(() => told).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('a topic whose connection is lost while it is read', () => {
  it('is read again through the next one, without anything happening on it', async () => {
    const lane = laneOf('u', null);
    channel.bring();
    await channel.placed(lane);
    await settle();
    let answer = (): void => {};
    history.reading = new Promise((resolve) => (answer = resolve));
    history.stored.set('u', [1, 2]);
    hear(lane, 2, 1);
    await expect.poll(() => history.reads).toBe(1);
    const next = new FakeHistory();
    next.stored.set('u', [1, 2, 3]);
    connection = next;
    // As after a connection was made: while the reading through the one before is still under way.
    channel.bring();
    answer();
    await expect.poll(() => told).toEqual([1, 2, 3]);
  });

  it('is placed though its newest events cannot be read', async () => {
    const lane = laneOf('u', null);
    recall = () => Promise.reject(new Error('history did not come'));
    channel.bring();
    await channel.placed(lane);
    hear(lane, 1, 0);
    await expect.poll(() => told).toEqual([1]);
  });
});
