import { useMemo, useState } from 'react';

import { useWebSocket } from '@client/core/realtime';

import { counted, formatCount } from '../format/words';
import type { BillCounts, BillDescription } from '../gateway/bill-description';
import { fetchJson } from '../gateway/fetch-json';
import { GatewayUnreachable } from '../gateway/gateway-unreachable';
import type { BillListingQuery } from '../gateway/use-bill-listing';
import { ScreenHeader } from '../page/screen-header';
import { confirmedBills, replayPhase, type ReplayPhase } from './replay-phase';
import styles from './replay-screen.module.css';
import { ReplayTable } from './replay-table';
import { useGatewayStats } from './use-gateway-stats';
import { useReplayCounts } from './use-replay-counts';

/** Counts a whole replay on the page's side and compares it with what the gateway's files hold. */
export function ReplayScreen({ query: { state, reload } }: { query: BillListingQuery }) {
  if (state.phase === 'unreachable') {
    return <GatewayUnreachable reason={state.reason} onRetry={reload} />;
  }
  if (state.phase === 'loading') return <p aria-busy="true">Loading bills…</p>;
  // The counting begins with the first list; a later list of the same gateway names the same bills.
  return <Replay key={idsOf(state.listing.bills)} bills={state.listing.bills} />;
}

function Replay({ bills }: { bills: readonly BillDescription[] }) {
  const key = idsOf(bills);
  const billIds = useMemo(() => key.split(' ').filter(Boolean).map(Number), [key]);
  const counts = useReplayCounts(billIds);
  const stats = useGatewayStats();
  const { isConnected } = useWebSocket();
  const [problem, setProblem] = useState<string | null>(null);
  const phase = replayPhase(billIds, stats);
  const confirmed = confirmedBills(billIds, stats);
  const total = totalOf(counts.values());
  const told = totalOf(bills.flatMap((bill) => bill.counts ?? []));

  const start = () => {
    fetchJson('feed/start', { method: 'POST' }).then(
      () => {
        setProblem(null);
      },
      (error: unknown) => {
        setProblem((error as Error).message);
      },
    );
  };

  return (
    <section
      aria-labelledby="replay-heading"
      data-replay={phase}
      data-connected={isConnected}
      data-bills={billIds.length}
      data-confirmed={confirmed}
      data-actions={total.actions}
      data-amendments={total.amendments}
      data-votes={total.votes}
      data-told-actions={told.actions}
      data-told-amendments={told.amendments}
      data-told-votes={told.votes}
    >
      <div className={styles.head}>
        <ScreenHeader
          id="replay-heading"
          title="A replay, counted"
          intro={
            <>
              This page follows every bill of the gateway and counts each action, amendment and vote
              that reaches it, by its own id. To count all of them, start the gateway with{' '}
              <code>--paused</code>, and the replay here when every bill is followed.
            </>
          }
        />
        <div className={styles.controls}>
          <button
            type="button"
            className="button"
            data-kind="primary"
            disabled={phase !== 'ready'}
            onClick={start}
          >
            Start the replay
          </button>
          <p role="status">{phaseWords(phase, confirmed, billIds.length)}</p>
        </div>
        {problem !== null && <p className={styles.problem}>{problem}</p>}
        <p className={styles.totals}>
          <strong>{counted(total.actions, 'action')}</strong>,{' '}
          <strong>{counted(total.amendments, 'amendment')}</strong> and{' '}
          <strong>{counted(total.votes, 'vote')}</strong> counted
          {told.actions > 0 &&
            ` of ${formatCount(told.actions)}, ${formatCount(told.amendments)} and ${formatCount(told.votes)}`}
        </p>
      </div>
      <ReplayTable bills={bills} counts={counts} />
    </section>
  );
}

function phaseWords(phase: ReplayPhase, confirmed: number, bills: number): string {
  switch (phase) {
    case 'preparing':
      return `Following ${confirmed} of ${counted(bills, 'bill')}…`;
    case 'ready':
      return `All ${counted(bills, 'bill')} are followed. The replay waits.`;
    case 'running':
      return 'The replay is running.';
    case 'finished':
      return 'The replay is at its end.';
  }
}

function idsOf(bills: readonly BillDescription[]): string {
  return bills.map(({ id }) => id).join(' ');
}

function totalOf(counts: Iterable<BillCounts>): BillCounts {
  const total = { actions: 0, amendments: 0, votes: 0 };
  for (const { actions, amendments, votes } of counts) {
    total.actions += actions;
    total.amendments += amendments;
    total.votes += votes;
  }
  return total;
}
