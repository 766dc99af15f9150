import type { EngineCounters } from '@client/core/realtime';

import { rateBetween, recentRate } from '../rates/recent-rate';

/** The engine's counters at one moment. */
export interface TrafficSample {
  /** Milliseconds, of `performance.now()`. */
  readonly atMs: number;
  readonly messages: number;
  readonly bundles: number;
}

export interface Traffic {
  /** Oldest first, one a second, the last minute. */
  readonly samples: readonly TrafficSample[];
}

const kept = 60;

export const noTraffic: Traffic = { samples: [] };

export function addSample(
  { samples }: Traffic,
  atMs: number,
  { messagesReceived: messages, bundlesDrained: bundles }: EngineCounters,
): Traffic {
  const last = samples.at(-1);
  // Smaller than before: it is another engine, which counts from zero.
  const before = last !== undefined && messages < last.messages ? [] : samples.slice(1 - kept);
  return { samples: [...before, { atMs, messages, bundles }] };
}

/** Per second, over the last few seconds. */
export function rateOf({ samples }: Traffic, counter: 'messages' | 'bundles'): number {
  return recentRate(samples, (sample) => sample[counter]) ?? 0;
}

/** Messages per second, second by second, oldest first. */
export function messageRates({ samples }: Traffic): number[] {
  return samples
    .slice(1)
    .map((sample, index) =>
      rateBetween(samples[index] as TrafficSample, sample, ({ messages }) => messages),
    );
}
