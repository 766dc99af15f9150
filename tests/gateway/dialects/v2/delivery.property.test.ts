/**
 * A page that follows the rules of dialect v2 sees exactly what was published: each event once and in order,
 * and what it could not get is told, whatever it subscribes to, however often it loses its connection, and
 * however slowly it reads. Once with memory, once with a bus that takes its time.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startGateway, type RunningGateway } from '../../support/fixture.js';
import { Page, type Stream } from '../../support/page.js';
import { SlowBus } from '../../support/slow-bus.js';
import type { Message } from '../../support/test-client.js';

const BILLS = [1, 2, 3];
const TOPICS = BILLS.map((billId) => `bill:${billId}`);
const TYPES = ['amendment', 'status_change', 'expert_analysis'];
const LIMITS = { streamEvents: 8, streamBytes: 512 * 1024, streamMemoryBytes: 1024 * 1024 };

type Step =
  | { do: 'publish'; events: { billId: number; type: string; size: number }[] }
  | { do: 'subscribe'; page: number; topics: string[]; filters: Message | undefined }
  | { do: 'flood'; billId: number; events: number }
  | { do: 'unsubscribe'; page: number; topics: string[] }
  | { do: 'connect' | 'drop' | 'pause' | 'resume' | 'ping' | 'settle'; page: number }
  | { do: 'wait'; turns: number };

const page = fc.nat(1);
const topics = fc.subarray(TOPICS, { minLength: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      events: fc.array(
        fc.record({
          billId: fc.constantFrom(...BILLS),
          type: fc.constantFrom(...TYPES),
          size: fc.constantFrom(10, 100, 2000, 20_000),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('subscribe' as const),
      page,
      topics,
      filters: fc.option(fc.record({ type: fc.subarray(TYPES, { minLength: 1 }) }), {
        nil: undefined,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('flood' as const),
      billId: fc.constantFrom(...BILLS),
      // More than the buffers of the system take.
      events: fc.integer({ min: 30, max: 80 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('unsubscribe' as const), page, topics }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(...(['connect', 'drop', 'pause', 'resume', 'ping', 'settle'] as const)),
      page,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat(4) }) },
);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function update(billId: number, type: string, size: number): Message {
  const data = { text: 'x'.repeat(size) };
  return { type: 'bill_update', bill_id: billId, update: { type, data } };
}

async function perform(gateway: RunningGateway, pages: Page[], done: Step): Promise<void> {
  if (done.do === 'wait') {
    for (let turns = 0; turns < done.turns; turns += 1) await turn();
    return;
  }
  if (done.do === 'publish') {
    for (const { billId, type, size } of done.events) gateway.publish(update(billId, type, size));
    return;
  }
  if (done.do === 'flood') {
    for (let count = 0; count < done.events; count += 1)
      gateway.publish(update(done.billId, TYPES[count % 3] as string, 100_000));
    return;
  }
  const actor = pages[done.page] as Page;
  const socket = actor.client?.socket;
  if (done.do === 'subscribe') actor.subscribe(done.topics, done.filters);
  if (done.do === 'unsubscribe') actor.unsubscribe(done.topics);
  if (done.do === 'drop') actor.drop();
  if (done.do === 'connect' && actor.client === null) await actor.connect();
  if (done.do === 'pause') socket?.pause();
  if (done.do === 'resume') socket?.resume();
  if (done.do === 'ping') actor.client?.send({ type: 'ping' });
  if (done.do === 'settle' && socket?.isPaused === false) await actor.settled();
}

/** Every event of the stream from where the page began, but what it was told to have lost. */
function owed(gateway: RunningGateway, topic: string, stream: Stream): number[] {
  const { begin, filters } = stream;
  if (begin === null) return [];
  const isLost = (seq: number): boolean =>
    stream.gaps.some(({ from, to }) => seq >= from && seq <= Number(to));
  return gateway.log
    .events(topic)
    .filter(({ epoch }) => epoch === begin.epoch)
    .filter(({ message }) => filters === undefined || filters.type.includes(message.update.type))
    .map(({ seq }) => Number(seq))
    .filter((seq) => seq > begin.seq && !isLost(seq));
}

async function check(steps: Step[], makeBus: () => SlowBus | null): Promise<void> {
  const bus = makeBus();
  const gateway = await startGateway({
    ...LIMITS,
    bus,
    bufferLimitBytes: 20_000,
    newcomerEvents: 5,
  });
  const pages = [new Page(gateway.url, 'a'), new Page(gateway.url, 'b', ['deflate-raw'])];
  try {
    for (const actor of pages) await actor.connect();
    for (const one of steps) await perform(gateway, pages, one);
    await bus?.idle();
    for (const actor of pages) {
      actor.client?.socket.resume();
      if (actor.client === null) await actor.connect();
      await actor.settled();
      // From where it stands, so that what no pong names is seen, too.
      actor.drop();
      await actor.connect();
      actor.client?.send({ type: 'ping' });
      await actor.settled();
      const subscribed = [...actor.streams].filter(([, { isSubscribed }]) => isSubscribed);
      await actor.client?.until(() =>
        subscribed.every(([topic, stream]) => {
          const last = owed(gateway, topic, stream).at(-1);
          return last === undefined || Number(stream.position?.seq) >= last;
        }),
      );
      for (const [topic, stream] of subscribed)
        expect(stream.taken.map(({ seq }) => seq)).toEqual(owed(gateway, topic, stream));
      for (const stream of actor.streams.values()) expect(stream.holes).toBe(0);
      expect(actor.faults).toEqual([]);
    }
  } finally {
    for (const actor of pages) actor.drop();
    await gateway.stop();
  }
}

it.each([
  ['memory', () => null],
  ['a bus that takes its time', () => new SlowBus(LIMITS)],
])(
  'with %s, a page sees exactly what was published',
  async (_what, makeBus) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
        check(steps, makeBus),
      ),
      { numRuns: 40, endOnFailure: false },
    );
  },
  120_000,
);
