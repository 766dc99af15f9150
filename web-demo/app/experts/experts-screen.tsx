import { useCommunityRealTime } from '@client/core/realtime';

import type { BillDescription } from '../gateway/bill-description';
import { ScreenHeader } from '../page/screen-header';
import { ExpertEntry } from './expert-entry';
import styles from './experts-screen.module.css';
import { ModerationEntry } from './moderation-entry';

/** What experts and moderators do, live. */
export function ExpertsScreen({ bills }: { bills: readonly BillDescription[] }) {
  const { expertActivity, moderationEvents } = useCommunityRealTime();
  const numberOf = (billId: number | undefined) =>
    bills.find(({ id }) => id === billId)?.number ?? null;
  return (
    <div className={styles.screen}>
      <section className={`card ${styles.section}`} aria-labelledby="experts-heading">
        <ScreenHeader
          id="experts-heading"
          title="Experts"
          intro="Who joined a discussion and what they said, as it happens."
        />
        {expertActivity.length === 0 ? (
          <p className={styles.nothing}>
            No expert has been active since you came. Their next assessment appears here by itself.
          </p>
        ) : (
          <ol className={styles.list}>
            {expertActivity.map((activity) => (
              <ExpertEntry key={activity.arrival} activity={activity} numberOf={numberOf} />
            ))}
          </ol>
        )}
      </section>
      <section className={`card ${styles.section}`} aria-labelledby="moderation-heading">
        <ScreenHeader
          id="moderation-heading"
          title="Moderation"
          intro="What was flagged or removed, and why: moderation is public."
        />
        {moderationEvents.length === 0 ? (
          <p className={styles.nothing}>Nothing has been moderated since you came.</p>
        ) : (
          <ol className={styles.list}>
            {moderationEvents.map((event) => (
              <ModerationEntry key={event.arrival} event={event} numberOf={numberOf} />
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}
