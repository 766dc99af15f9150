import { useEffect, useState } from 'react';

const intervalMs = 1000;
/** Seconds over which the rate is taken. */
const window = 5;

interface Sample {
  readonly atMs: number;
  readonly count: number;
}

/** How fast a counter grows, per second, over the last few seconds; null before there are two looks at it. */
export function useRate(counter: () => number): number | null {
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    const samples: Sample[] = [];
    const timer = setInterval(() => {
      samples.push({ atMs: performance.now(), count: counter() });
      if (samples.length > window + 1) samples.shift();
      setRate(rateOf(samples));
    }, intervalMs);
    return () => {
      clearInterval(timer);
    };
  }, [counter]);
  return rate;
}

function rateOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  return Math.max(0, ((last.count - first.count) * 1000) / (last.atMs - first.atMs));
}
