import { memo } from 'react';

import type { BillUpdate } from '@client/core/realtime';

import type { BillDescription } from '../gateway/bill-description';
import { describeUpdate } from '../updates/describe-update';
import styles from './comparison-card.module.css';

export interface ComparisonCardProps {
  readonly bill: BillDescription;
  /** Oldest first. */
  readonly updates: readonly BillUpdate[];
}

/** What both receivers show of a bill. Rendered again only when the bill's updates are others. */
export const ComparisonCard = memo(function ComparisonCard({ bill, updates }: ComparisonCardProps) {
  const newest = updates.at(-1);
  return (
    <li className={styles.card} data-bill-id={bill.id}>
      <h3 className={styles.number}>{bill.number}</h3>
      <p className={styles.newest}>
        {newest === undefined ? 'Nothing yet' : describeUpdate(newest).headline}
      </p>
    </li>
  );
});
