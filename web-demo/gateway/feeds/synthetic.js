/**
 * The default feed: simulated legislation, for trying things out. The same seed gives the same
 * sequence; timestamps come from the clock. Where a person reads it, it is called simulated.
 */

import { Legislature } from './synthetic/legislature.js';
import { pace } from './pacer.js';

/**
 * @param {Pick<import('../options.js').GatewayOptions, 'rate' | 'bills' | 'seed'>} options
 * @param {Pick<import('./feed.js').FeedServices, 'clock' | 'announce' | 'publish'>} services
 * @returns {import('./feed.js').Producer}
 */
export function createSyntheticProducer({ rate, bills, seed }, { clock, announce, publish }) {
  const legislature = new Legislature(seed, bills);
  let published = 0;
  let skipped = 0;
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
      if (rate === 0) return;
      await pace({
        rate,
        clock,
        signal,
        emit: () => {
          publish(legislature.next(clock.now()));
          published += 1;
        },
        skipped: (count) => {
          skipped += count;
        },
      });
    },
    stats: () => ({ rate, bills, seed, published, skipped }),
    describe: () => `simulated data: ${bills} bills, ${rate} messages a second, seed ${seed}`,
  };
}
