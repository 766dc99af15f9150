import type { EngineCounters } from '@client/core/realtime';

/** The engine's counters at one moment. */
export interface TrafficSample {
  /** Milliseconds, of `performance.now()`. */
  readonly at: number;
  readonly messages: number;
  readonly bundles: number;
}

export interface Traffic {
  /** Oldest first, one a second, the last minute. */
  readonly samples: readonly TrafficSample[];
}

const kept = 60;
/** Seconds over which a rate is taken. */
const window = 5;

export const noTraffic: Traffic = { samples: [] };

export function addSample(
  { samples }: Traffic,
  at: number,
  { messagesReceived: messages, bundlesDrained: bundles }: EngineCounters,
): Traffic {
  const last = samples.at(-1);
  // Smaller than before: it is another engine, which counts from zero.
  const before = last !== undefined && messages < last.messages ? [] : samples.slice(1 - kept);
  return { samples: [...before, { at, messages, bundles }] };
}

/** Per second, over the last few seconds. */
export function rateOf({ samples }: Traffic, counter: 'messages' | 'bundles'): number {
  const last = samples.at(-1);
  const first = samples.at(-1 - window) ?? samples[0];
  if (last === undefined || first === undefined || last.at === first.at) return 0;
  return ((last[counter] - first[counter]) * 1000) / (last.at - first.at);
}

/** Messages per second, second by second, oldest first. */
export function messageRates({ samples }: Traffic): number[] {
  return samples.slice(1).map((sample, index) => {
    const before = samples[index] as TrafficSample;
    return Math.max(0, ((sample.messages - before.messages) * 1000) / (sample.at - before.at));
  });
}
