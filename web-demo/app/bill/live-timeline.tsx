import { useMemo, useState } from 'react';

import { isBusy } from '../bills/is-busy';
import { useCalmUpdates } from '../bills/use-calm-updates';
import type { Zone } from '../format/dates';
import { distinctUpdates } from '../updates/update-key';
import styles from './live-timeline.module.css';
import { Timeline } from './timeline';

export interface LiveTimelineProps {
  readonly billId: number;
  readonly zone: Zone;
}

/** Entries at first: the newest. */
const shortLength = 15;

/** What happened to the bill lately. */
export function LiveTimeline({ billId, zone }: LiveTimelineProps) {
  const [isLong, setIsLong] = useState(false);
  const updates = useCalmUpdates(billId);
  const all = useMemo(() => distinctUpdates(updates), [updates]);
  const shown = useMemo(() => (isLong ? all : all.slice(-shortLength)), [all, isLong]);
  return (
    <>
      <Timeline updates={shown} zone={zone} isBusy={isBusy(all)} />
      {all.length > shown.length && (
        <p className={styles.more}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setIsLong(true);
            }}
          >
            Show the newest {all.length} updates
          </button>
        </p>
      )}
    </>
  );
}
