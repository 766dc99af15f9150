import { memo } from 'react';

import type { BillUpdate } from '@client/core/realtime';

import { momentOf, type Zone } from '../format/dates';
import type { BillDescription } from '../gateway/bill-description';
import { describeUpdate } from '../updates/describe-update';
import { updateKey } from '../updates/update-key';
import { Moment } from '../page/moment';
import { isBusy } from './is-busy';
import styles from './bill-row.module.css';
import { StatusBadge } from './status-badge';
import { useFreshness } from './use-freshness';
import { useStanding } from './use-standing';

export interface BillRowLatestProps {
  readonly bill: BillDescription;
  readonly zone: Zone;
  /** Oldest first. */
  readonly updates: readonly BillUpdate[];
}

/** Where a bill stands and what happened last. */
export const BillRowLatest = memo(function BillRowLatest({
  bill,
  zone,
  updates,
}: BillRowLatestProps) {
  const standing = useStanding(bill, updates);
  const last = updates.at(-1);
  const lastKey = last === undefined ? null : updateKey(last);
  const isFresh = useFreshness(lastKey) && !isBusy(updates);
  const moment = last === undefined ? null : momentOf(last.timestamp);
  return (
    <>
      <span className={styles.status}>
        <StatusBadge status={standing?.status ?? null} />
      </span>
      <span key={isFresh ? lastKey : null} className={styles.activity} data-fresh={isFresh}>
        {last === undefined ? 'No activity yet' : describeUpdate(last).headline}
      </span>
      <Moment at={moment} zone={zone} className={styles.time} />
    </>
  );
});
