/**
 * The default feed: simulated legislation and simulated people, for trying things out. The same seed
 * gives the same sequence; timestamps come from the clock. Where a person reads it, it is called
 * simulated. Bills and people each keep their own pace.
 */

import { Measures } from '../community/measures.js';
import { Crowd } from './synthetic/crowd.js';
import { Legislature } from './synthetic/legislature.js';
import { Pacer } from './pacer.js';
import { RateMeter } from './rate-meter.js';

/** @typedef {Pick<import('./feed.js').FeedServices, 'clock' | 'announce' | 'publish'>} RequiredServices */
/** @typedef {Partial<Pick<import('./feed.js').FeedServices, 'community' | 'measures' | 'together'>>} OptionalServices */

/**
 * @param {Pick<import('../options/options.js').GatewayOptions, 'rate' | 'bills' | 'seed'> & { people?: number }} options
 * @param {RequiredServices & OptionalServices} services Without a community there are no people.
 * @returns {import('./feed.js').Producer}
 */
export function createSyntheticProducer({ rate, bills, seed, people = 0 }, services) {
  const { clock, announce, publish, community, measures = new Measures() } = services;
  const { together = (/** @type {() => void} */ work) => work() } = services;
  const legislature = new Legislature(seed, bills, measures);
  const meter = new RateMeter(clock);
  let published = 0;
  let skipped = 0;
  const pacer = new Pacer({
    rate,
    clock,
    together,
    emit: () => {
      publish(legislature.next(clock.now()));
      published += 1;
      meter.count();
    },
    skipped: (count) => {
      skipped += count;
    },
  });
  const crowd =
    community === undefined || people === 0
      ? null
      : new Crowd(
          { people, seed, bills: legislature.describeBills() },
          { clock, publish, community },
        );
  return {
    source: 'synthetic',
    async load() {
      for (const bill of legislature.describeBills()) announce(bill);
    },
    async run(signal) {
      for (const message of legislature.opening(clock.now())) {
        publish(message);
        published += 1;
      }
      meter.reset();
      crowd?.start();
      signal.addEventListener('abort', () => crowd?.stop(), { once: true });
      await pacer.run(signal);
    },
    setRate(updatesPerSecond) {
      pacer.rate = updatesPerSecond;
      meter.reset();
    },
    stats: () => ({
      rate: pacer.rate,
      achievedRate: meter.perSecond(),
      bills,
      people,
      seed,
      published,
      skipped,
    }),
    describe: () =>
      `simulated data: ${bills} bills, ${people} people, ${pacer.rate} messages a second, seed ${seed}`,
  };
}
