/** A bus that takes its time, as one that is shared over a network does: everything of it is asynchronous. */

import type { Bus } from '../../../web-demo/gateway/bus/bus.js';
import { MemoryBus, type MemoryBusLimits } from '../../../web-demo/gateway/bus/memory-bus.js';
import type { StreamEntry } from '../../../web-demo/gateway/bus/stream-entry.js';

export class SlowBus implements Bus {
  #memory: MemoryBus;
  readonly #limits: MemoryBusLimits;
  #publishing: Promise<unknown> = Promise.resolve();
  #receiving: Promise<unknown> = Promise.resolve();
  #turns = 0;
  receive: Bus['receive'] = () => {};
  /** When set, nothing can be stored. */
  failure: Error | null = null;
  /** When set, nobody can be told where a stream stands. */
  locateFailure: Error | null = null;
  /** The next replays that fail. */
  replayFailures: Error[] = [];

  constructor(limits: MemoryBusLimits) {
    this.#limits = limits;
    this.#memory = this.#start();
  }

  /** Everything that was stored is lost, as when a broker is replaced by another. */
  lose(): void {
    this.#memory = this.#start();
  }

  #start(): MemoryBus {
    const memory = new MemoryBus(this.#limits);
    // What is stored can be read before it is told.
    memory.receive = (entry: StreamEntry) => {
      this.#receiving = this.#receiving.then(() => this.#pause()).then(() => this.receive(entry));
    };
    return memory;
  }

  publish: Bus['publish'] = (event, origin) => {
    const published = this.#publishing
      .then(() => this.#pause())
      .then(() => {
        if (this.failure !== null) throw this.failure;
        return this.#memory.publish(event, origin);
      });
    this.#publishing = published.catch(() => {});
    return published;
  };

  documents: Bus['documents'] = (kind) => this.#memory.documents(kind);

  follow: Bus['follow'] = async (topic) => {
    await this.#pause();
    this.#memory.follow(topic);
  };

  unfollow: Bus['unfollow'] = (topic) => this.#memory.unfollow(topic);

  locate: Bus['locate'] = async (topic, audience, count) => {
    if (this.locateFailure !== null) throw this.locateFailure;
    const place = this.#memory.locate(topic, audience, count);
    await this.#pause();
    return place;
  };

  replay: Bus['replay'] = async (topic, audience, after, limit) => {
    await this.#pause();
    const failure = this.replayFailures.shift();
    if (failure !== undefined) throw failure;
    const replay = this.#memory.replay(topic, audience, after, limit);
    await this.#pause();
    return replay;
  };

  stats: Bus['stats'] = () => ({ ...this.#memory.stats(), kind: 'slow' });

  close: Bus['close'] = () => this.#memory.close();

  /** Settles when everything published so far was told. */
  async idle(): Promise<void> {
    await this.#publishing;
    await this.#receiving;
  }

  /** Zero to two turns of the event loop, never the same for all. */
  async #pause(): Promise<void> {
    this.#turns = (this.#turns * 5 + 1) % 16;
    for (let turn = this.#turns % 3; turn > 0; turn -= 1)
      await new Promise((resolve) => setImmediate(resolve));
  }
}
