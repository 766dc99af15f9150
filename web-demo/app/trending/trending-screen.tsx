import { useState } from 'react';

import { useRealtimeEngagement, type EngagementWindow } from '@client/core/realtime';

import type { BillDescription } from '../gateway/bill-description';
import { Choice } from '../page/choice';
import { ScreenHeader } from '../page/screen-header';
import { windowWords, windows } from './measures';
import { TrendingTable } from './trending-table';
import styles from './trending-screen.module.css';
import { useFollowedBills } from './use-followed-bills';

const windowOptions = windows.map((value) => ({ value, words: windowWords[value] }));

/** The bills that move most, and how they do. */
export function TrendingScreen({ bills }: { bills: readonly BillDescription[] }) {
  const [window, setWindow] = useState<EngagementWindow>('1m');
  const engagement = useRealtimeEngagement();
  useFollowedBills(engagement, bills);
  const { movers } = engagement;
  const moving = movers.flatMap(({ billId }) => bills.find(({ id }) => id === billId) ?? []);
  return (
    <section className="card" aria-labelledby="trending-heading">
      <div className={styles.header}>
        <ScreenHeader
          id="trending-heading"
          title="What moves people now"
          intro="Ranked by views, comments, saves and shares of the last quarter of an hour; a comment weighs ten views, a save or a share five."
        >
          <Choice
            legend="Rates over the last"
            options={windowOptions}
            chosen={window}
            onChoose={setWindow}
          />
        </ScreenHeader>
      </div>
      {moving.length === 0 ? (
        <p className={styles.nothing}>
          Nothing has moved since you came. As soon as people look at a bill, it appears here.
        </p>
      ) : (
        <TrendingTable bills={moving} window={window} />
      )}
    </section>
  );
}
