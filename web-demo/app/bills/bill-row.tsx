import { memo } from 'react';

import { useBillTracking } from '@client/core/realtime';

import type { Zone } from '../format/dates';
import type { BillDescription } from '../gateway/bill-description';
import { billAddress } from '../routing/route';
import { BillRowNews } from './bill-row-news';
import styles from './bill-row.module.css';
import { StatusBadge } from './status-badge';
import { useBillSubscription } from './use-bill-subscription';
import { useInView } from './use-in-view';

export interface BillRowProps {
  readonly bill: BillDescription;
  readonly zone: Zone;
  readonly isSelected: boolean;
  /** The one row that the Tab key reaches; arrow keys reach the others. */
  readonly isTabStop: boolean;
}

/** One bill of the list. It follows its bill always, and reads and renders news only where somebody can see them. */
export const BillRow = memo(function BillRow({ bill, zone, isSelected, isTabStop }: BillRowProps) {
  useBillSubscription(useBillTracking(), bill.id);
  const [item, isInView] = useInView<HTMLLIElement>();
  return (
    <li ref={item} className={styles.item} data-bill-id={bill.id} data-in-view={isInView}>
      <a
        className={styles.row}
        href={billAddress(bill.id)}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isSelected ? 'page' : undefined}
      >
        <span className={styles.number}>{bill.number}</span>
        <span className={styles.title}>{bill.title}</span>
        {isInView ? (
          <BillRowNews bill={bill} zone={zone} />
        ) : (
          <span className={styles.status}>
            <StatusBadge status={bill.status} />
          </span>
        )}
      </a>
    </li>
  );
});
