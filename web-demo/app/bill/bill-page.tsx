import { useEffect, useMemo, useRef } from 'react';

import { useBillTracking } from '@client/core/realtime';

import { StatusBadge } from '../bills/status-badge';
import { useBillSubscription } from '../bills/use-bill-subscription';
import { useStanding } from '../bills/use-standing';
import type { Zone } from '../format/dates';
import type { BillDescription } from '../gateway/bill-description';
import { billsAddress } from '../routing/route';
import { distinctUpdates } from '../updates/update-key';
import { BillFacts } from './bill-facts';
import styles from './bill-page.module.css';
import { EngagementCounters } from './engagement-counters';
import { newestCounts } from './engagement-counts';
import { StageProgress } from './stage-progress';
import { Timeline } from './timeline';

export interface BillPageProps {
  readonly bill: BillDescription;
  readonly zone: Zone;
}

/** Everything about one bill. */
export function BillPage({ bill, zone }: BillPageProps) {
  const tracking = useBillTracking();
  useBillSubscription(tracking, bill.id);
  const updates = tracking.getBillUpdates(bill.id);
  const metrics = tracking.getEngagementMetrics(bill.id);
  const standing = useStanding(bill, updates);
  const timeline = useMemo(() => distinctUpdates(updates), [updates]);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    // Where the list gives way to the bill, the focus would be lost with it.
    if (
      document.activeElement === document.body ||
      document.activeElement?.checkVisibility() === false
    ) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);

  return (
    <article className={styles.page} aria-labelledby="bill-title" data-bill-page={bill.id}>
      <header className={styles.header}>
        <a className={styles.back} href={billsAddress}>
          <span aria-hidden="true">←</span> All bills
        </a>
        <p className={styles.number}>
          {bill.number} <StatusBadge status={standing?.status ?? null} />
        </p>
        <h2 id="bill-title" className={styles.title} ref={heading} tabIndex={-1}>
          {bill.title}
        </h2>
        <BillFacts bill={bill} />
      </header>
      <section className={styles.section} aria-labelledby="progress-heading">
        <h3 id="progress-heading" className="visually-hidden">
          Progress
        </h3>
        <StageProgress billNumber={bill.number} standing={standing} />
      </section>
      <section className={styles.section} aria-labelledby="attention-heading">
        <h3 id="attention-heading" className={styles.heading}>
          Public attention
        </h3>
        <EngagementCounters counts={newestCounts(metrics, updates)} />
      </section>
      <section className={styles.section} aria-labelledby="timeline-heading">
        <h3 id="timeline-heading" className={styles.heading}>
          Timeline
          {timeline.length > 1 && (
            <span className={styles.note}>the newest {timeline.length} updates</span>
          )}
        </h3>
        <Timeline updates={timeline} zone={zone} />
      </section>
    </article>
  );
}
