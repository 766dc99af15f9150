import { useEffect, useState } from 'react';

import { fetchJson } from '../gateway/fetch-json';
import type { GatewayStats } from '../gateway/gateway-stats';

const intervalMs = 500;

/** What the gateway says of itself, twice a second; null before it has and while it cannot be reached. */
export function useGatewayStats(): GatewayStats | null {
  const [stats, setStats] = useState<GatewayStats | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      void fetchJson<GatewayStats>('stats', { signal: abort.signal })
        .catch(() => null)
        .then((answer) => {
          if (abort.signal.aborted) return;
          setStats(answer);
          timer = setTimeout(ask, intervalMs);
        });
    };
    ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, []);
  return stats;
}
