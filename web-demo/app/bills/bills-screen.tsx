import { ActivityPanel } from '../activity/activity-panel';
import { BillPage } from '../bill/bill-page';
import { UnknownBill } from '../bill/unknown-bill';
import type { Zone } from '../format/dates';
import { GatewayUnreachable } from '../gateway/gateway-unreachable';
import type { BillListingQuery } from '../gateway/use-bill-listing';
import { LoadPanel } from '../load/load-panel';
import { Notice } from '../page/notice';
import { MoversPanel } from '../trending/movers-panel';
import { BillList } from './bill-list';
import { BillListLoading } from './bill-list-loading';
import styles from './bills-screen.module.css';

export interface BillsScreenProps {
  readonly query: BillListingQuery;
  readonly zone: Zone;
  /** The bill that is open, if one is. */
  readonly billId: number | null;
}

/** The list, the open bill beside it where there is room, and what the page costs. */
export function BillsScreen({ query: { state, reload }, zone, billId }: BillsScreenProps) {
  if (state.phase === 'unreachable') {
    return <GatewayUnreachable reason={state.reason} onRetry={reload} />;
  }
  if (state.phase === 'loading') {
    return (
      <div className={styles.screen}>
        <div className={styles.list}>
          <BillListLoading />
        </div>
      </div>
    );
  }
  const { bills } = state.listing;
  if (bills.length === 0) {
    return (
      <Notice tone="plain" title="There are no bills yet">
        <p>
          The gateway runs without a feed. A bill appears as soon as something is published about
          it, for example with <code>POST /publish</code>.
        </p>
        <p>
          <button type="button" className="button" onClick={reload}>
            Look again
          </button>
        </p>
      </Notice>
    );
  }
  const open = bills.find(({ id }) => id === billId);
  return (
    <div className={styles.screen} data-open={billId !== null}>
      <div className={styles.list}>
        <BillList bills={bills} zone={zone} selected={billId} />
      </div>
      {billId !== null && (
        <div className={styles.bill}>
          {open === undefined ? (
            <UnknownBill billId={billId} />
          ) : (
            <BillPage key={billId} bill={open} zone={zone} />
          )}
        </div>
      )}
      <aside className={styles.aside} aria-label="Live data">
        {billId === null && <MoversPanel bills={bills} />}
        <LoadPanel />
        <ActivityPanel />
      </aside>
    </div>
  );
}
