import { useEffect, useRef } from 'react';

import { useBillTracking } from '@client/core/realtime';

import { useBillSubscription } from '../bills/use-bill-subscription';
import { DiscussionSection } from '../discussion/discussion-section';
import type { Zone } from '../format/dates';
import type { BillDescription } from '../gateway/bill-description';
import { billsAddress } from '../routing/route';
import { BillAnalytics } from '../trending/bill-analytics';
import { BillFacts } from './bill-facts';
import styles from './bill-page.module.css';
import { LiveCounters } from './live-counters';
import { LiveProgress } from './live-progress';
import { LiveStatus } from './live-status';
import { LiveTimeline } from './live-timeline';

export interface BillPageProps {
  readonly bill: BillDescription;
  readonly zone: Zone;
}

/** Everything about one bill. Its parts read what they show, so that news of one does not render the others. */
export function BillPage({ bill, zone }: BillPageProps) {
  const tracking = useBillTracking();
  useBillSubscription(tracking, bill.id);
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
    <article className="card" aria-labelledby="bill-title" data-bill-page={bill.id}>
      <header className={styles.header}>
        <a className={styles.back} href={billsAddress}>
          <span aria-hidden="true">←</span> All bills
        </a>
        <p className={styles.number}>
          {bill.number} <LiveStatus bill={bill} />
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
        <LiveProgress bill={bill} />
      </section>
      <section className={styles.section} aria-labelledby="attention-heading">
        <h3 id="attention-heading" className={styles.heading}>
          Public attention
        </h3>
        <LiveCounters billId={bill.id} />
        <BillAnalytics billId={bill.id} />
      </section>
      <section className={styles.section} aria-labelledby="discussion-heading">
        <h3 id="discussion-heading" className={styles.heading}>
          Discussion
        </h3>
        <DiscussionSection billId={bill.id} />
      </section>
      <section className={styles.section} aria-labelledby="timeline-heading">
        <h3 id="timeline-heading" className={styles.heading}>
          Timeline
        </h3>
        <LiveTimeline billId={bill.id} zone={zone} />
      </section>
    </article>
  );
}
