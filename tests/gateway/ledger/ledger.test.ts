/** What is published after everything else of a stream, while the gateway loses what it heard of it. */

import { expect, it } from 'vitest';
import { Ledger } from '../../../web-demo/gateway/ledger/ledger.js';
import { VirtualClock } from '../support/virtual-clock.js';

interface Entry {
  readonly topic: string;
  readonly event: { readonly message: unknown };
  readonly epoch: string;
  readonly seq: number;
}

const topic = 'discussion:1';

/** A bus whose history is a list, of which nothing is told unless a test does. */
class ListBus {
  readonly isShared = true;
  readonly entries: Entry[] = [];
  private readonly saved = new Map<string, unknown>();

  documents() {
    return {
      get: (key: string) => Promise.resolve(this.saved.has(key) ? this.saved.get(key) : null),
      put: (key: string, value: unknown) =>
        Promise.resolve(Boolean(this.saved.set(key, { value, revision: 1 }))),
    };
  }

  replay(_topic: string, _audience: null, after: number, limit: number) {
    const entries = this.entries.filter(({ seq }) => seq > after).slice(0, limit);
    return Promise.resolve({ epoch: 'one', entries, seq: this.entries.length });
  }

  store(): Entry {
    const entry = { topic, event: { message: {} }, epoch: 'one', seq: this.entries.length + 1 };
    this.entries.push(entry);
    return entry;
  }
}

class Counter {
  count = 0;
  private isKnown = false;

  record(): void {
    this.count += 1;
  }
  has(): boolean {
    return this.isKnown;
  }
  restore(_id: string, saved: number | null): void {
    this.isKnown = true;
    this.count = saved ?? 0;
  }
  save(): number {
    return this.count;
  }
}

function setUp() {
  const bus = new ListBus();
  const counter = new Counter();
  const clock = new VirtualClock();
  const fanOut = { hold: () => Promise.resolve(), release: () => undefined };
  const logger = { error: () => undefined };
  const services = { bus, clock, fanOut, logger } as unknown as ConstructorParameters<
    typeof Ledger
  >[0];
  const ledger = new Ledger(services, { discussion: counter });
  /** Lets what is awaited for a moment happen. */
  const settle = async (work: Promise<unknown>): Promise<void> => {
    const [settled] = await Promise.allSettled([work, clock.advance(1000)]);
    if (settled.status === 'rejected') throw settled.reason;
  };
  return { bus, counter, ledger, settle };
}

it('is added up once when it is lost after it was stored', async () => {
  const { bus, counter, ledger, settle } = setUp();
  await settle(
    ledger.append(topic, () => {
      const { seq } = bus.store();
      ledger.lost(topic);
      return Promise.resolve({ epoch: 'one', seq });
    }),
  );
  expect(counter.count).toBe(1);
});

it('is added up once when it is lost while others wait for their turn', async () => {
  const { bus, counter, ledger, settle } = setUp();
  const appended = Array.from({ length: 5 }, (_, index) =>
    ledger.append(topic, () => {
      const { seq } = bus.store();
      if (index === 2) ledger.lost(topic);
      return Promise.resolve({ epoch: 'one', seq });
    }),
  );
  await settle(Promise.all(appended));
  expect(counter.count).toBe(5);
});
