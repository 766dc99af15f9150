import { useEffect, useState } from 'react';

import type { RealTimeService } from '../services/realtime-service.js';
import type { RealTimeStats } from '../types.js';

const intervalMs = 1000;

/** The newest figures and those before them, for rates; null before the first. */
export interface StatsReading {
  readonly now: RealTimeStats | null;
  readonly before: RealTimeStats | null;
  /** When `now` was, in milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** Why there are none, as a sentence. */
  readonly problem: string | null;
}

const nothing: StatsReading = { now: null, before: null, atMs: 0, problem: null };

/** Asks the service for its figures once a second, for as long as the component is there. */
export function useStats(service: RealTimeService): StatsReading {
  const [reading, setReading] = useState(nothing);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const now = await service.refreshStats();
        if (!isOver)
          setReading((last) => ({ now, before: last.now, atMs: Date.now(), problem: null }));
      } catch (error) {
        // A configuration that is not valid is told by whatever uses the service first.
        if (!isOver) setReading({ ...nothing, problem: (error as Error).message });
      }
      if (!isOver) timer = setTimeout(() => void look(), intervalMs);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [service]);
  return reading;
}
