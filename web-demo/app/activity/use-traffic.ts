import { useEffect, useState } from 'react';

import { realTimeService, type RealTimeStats } from '@client/core/realtime';

import { addSample, noTraffic, type Traffic } from './traffic';

export interface ActivityReading {
  readonly stats: RealTimeStats;
  readonly traffic: Traffic;
}

const intervalMs = 1000;

/** What the package says of itself, once a second. */
export function useTraffic(): ActivityReading {
  const [reading, setReading] = useState<ActivityReading>(() => read(noTraffic));
  useEffect(() => {
    const timer = setInterval(() => {
      setReading(({ traffic }) => read(traffic));
    }, intervalMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return reading;
}

function read(before: Traffic): ActivityReading {
  const stats = realTimeService.getStats();
  return { stats, traffic: addSample(before, performance.now(), stats.counters) };
}
