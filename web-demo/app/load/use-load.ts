import { useEffect, useRef, useState } from 'react';

import { fetchJson } from '../gateway/fetch-json';
import type { GatewayStats } from '../gateway/gateway-stats';

export interface Load {
  /** Messages a second the gateway was asked for; null as long as nobody knows. */
  readonly asked: number | null;
  /** What it manages; null where it does not say. */
  readonly achieved: number | null;
  /** Why the rate could not be changed, as a sentence. */
  readonly failure: string | null;
  readonly ask: (rate: number) => void;
}

const intervalMs = 1000;
/** While the slider moves, the gateway is asked this often at most. */
const patienceMs = 150;

/** How many messages a second the gateway makes, and how to change that. */
export function useLoad(): Load {
  const [asked, setAsked] = useState<number | null>(null);
  const [achieved, setAchieved] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const abort = new AbortController();
    let next: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      fetchJson<GatewayStats>('stats', { signal: abort.signal })
        .then(({ feed }) => {
          setAchieved(feed.achievedRate ?? null);
          setAsked((before) => before ?? feed.rate ?? null);
        })
        .catch(() => {
          setAchieved(null);
        })
        .finally(() => {
          if (!abort.signal.aborted) next = setTimeout(look, intervalMs);
        });
    };
    look();
    return () => {
      abort.abort();
      clearTimeout(next);
      clearTimeout(timer.current);
    };
  }, []);

  const ask = (rate: number): void => {
    setAsked(rate);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      fetchJson('rate', {
        method: 'POST',
        body: JSON.stringify({ updates_per_second: rate }),
      }).then(
        () => {
          setFailure(null);
        },
        (error: unknown) => {
          setFailure((error as Error).message);
        },
      );
    }, patienceMs);
  };
  return { asked, achieved, failure, ask };
}
