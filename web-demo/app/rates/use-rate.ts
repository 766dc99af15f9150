import { useEffect, useState } from 'react';

import { rateSeconds, recentRate } from './recent-rate';

const intervalMs = 1000;

interface Sample {
  readonly atMs: number;
  readonly count: number;
}

/** How fast a counter grows, per second, over the last few seconds; null before there are two looks at it. */
export function useRate(counter: () => number): number | null {
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    let samples: readonly Sample[] = [];
    const timer = setInterval(() => {
      samples = [...samples.slice(-rateSeconds), { atMs: performance.now(), count: counter() }];
      setRate(recentRate(samples, ({ count }) => count));
    }, intervalMs);
    return () => {
      clearInterval(timer);
    };
  }, [counter]);
  return rate;
}
