import { useMemo } from 'react';

import type { BillUpdate } from '@client/core/realtime';

import type { Zone } from '../format/dates';
import { updateKey } from '../updates/update-key';
import styles from './timeline.module.css';
import { timelineDays } from './timeline-days';
import { TimelineEntry } from './timeline-entry';

export interface TimelineProps {
  /** Distinct, oldest first. */
  readonly updates: readonly BillUpdate[];
  readonly zone: Zone;
  /** So much happens that nothing is worth an animation. */
  readonly isBusy: boolean;
}

/** What happened to the bill, newest first, day by day. */
export function Timeline({ updates, zone, isBusy }: TimelineProps) {
  const days = useMemo(() => timelineDays(updates, zone), [updates, zone]);
  if (days.length === 0) {
    return (
      <p className={styles.nothing}>
        Nothing has happened yet. What happens from now on appears here by itself.
      </p>
    );
  }
  return (
    <div className={styles.timeline} data-busy={isBusy}>
      {days.map((day) => (
        <section key={day.name} className={styles.day}>
          <h4 className={styles.name}>{day.name}</h4>
          <ol className={styles.entries}>
            {day.updates.map((update) => (
              <TimelineEntry key={updateKey(update)} update={update} zone={zone} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
