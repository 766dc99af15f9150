import { useCallback, useEffect, useState } from 'react';

import { realTimeService } from '@client/core/realtime';

import type { BillListing } from './bill-description';
import { fetchJson } from './fetch-json';

export type ListingState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'unreachable'; readonly reason: string }
  | { readonly phase: 'loaded'; readonly listing: BillListing };

export interface BillListingQuery {
  readonly state: ListingState;
  readonly reload: () => void;
}

/** The gateway's bills. Asked for again whenever the connection comes back: the gateway may be another one by then. */
export function useBillListing(): BillListingQuery {
  const [state, setState] = useState<ListingState>({ phase: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);

  useEffect(() => {
    const abort = new AbortController();
    fetchJson<BillListing>('bills', { signal: abort.signal }).then(
      (listing) => {
        setState({ phase: 'loaded', listing });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        // What was loaded stays: a list without live data is better than none.
        setState((before) =>
          before.phase === 'loaded'
            ? before
            : { phase: 'unreachable', reason: (error as Error).message },
        );
      },
    );
    return () => {
      abort.abort();
    };
  }, [attempt]);

  useEffect(() => realTimeService.on('connected', reload), [reload]);
  return { state, reload };
}
