import { memo } from 'react';

import { useBillTracking } from '@client/core/realtime';

import { formatMoment, momentOf, type Zone } from '../format/dates';
import type { BillDescription } from '../gateway/bill-description';
import { billAddress } from '../routing/route';
import { describeUpdate } from '../updates/describe-update';
import { updateKey } from '../updates/update-key';
import styles from './bill-row.module.css';
import { StatusBadge } from './status-badge';
import { useBillSubscription } from './use-bill-subscription';
import { useFreshness } from './use-freshness';
import { useStanding } from './use-standing';

export interface BillRowProps {
  readonly bill: BillDescription;
  readonly zone: Zone;
  readonly isSelected: boolean;
  /** The one row that the Tab key reaches; arrow keys reach the others. */
  readonly isTabStop: boolean;
}

/** One bill of the list. Reads its own bill's updates and nothing else, so other bills never render it again. */
export const BillRow = memo(function BillRow({ bill, zone, isSelected, isTabStop }: BillRowProps) {
  const tracking = useBillTracking();
  useBillSubscription(tracking, bill.id);
  const updates = tracking.getBillUpdates(bill.id);
  const standing = useStanding(bill, updates);
  const last = updates.at(-1);
  const lastKey = last === undefined ? null : updateKey(last);
  const isFresh = useFreshness(lastKey);
  const moment = last === undefined ? null : momentOf(last.timestamp);

  return (
    <li className={styles.item} data-bill-id={bill.id} data-updates={updates.length}>
      <a
        className={styles.row}
        href={billAddress(bill.id)}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isSelected ? 'page' : undefined}
      >
        <span className={styles.number}>{bill.number}</span>
        <span className={styles.title}>{bill.title}</span>
        <span className={styles.status}>
          <StatusBadge status={standing?.status ?? null} />
        </span>
        <span key={lastKey} className={styles.activity} data-fresh={isFresh}>
          {last === undefined ? 'No activity yet' : describeUpdate(last).headline}
        </span>
        {moment !== null && (
          <time className={styles.time} dateTime={moment.toISOString()}>
            {formatMoment(moment, zone)}
          </time>
        )}
      </a>
    </li>
  );
});
