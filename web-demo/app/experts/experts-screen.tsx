import { useCommunityRealTime } from '@client/core/realtime';

import type { BillDescription } from '../gateway/bill-description';
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
      <section className={styles.section} aria-labelledby="experts-heading">
        <h2 id="experts-heading" className={styles.heading}>
          Experts
        </h2>
        <p className={styles.intro}>Who joined a discussion and what they said, as it happens.</p>
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
      <section className={styles.section} aria-labelledby="moderation-heading">
        <h2 id="moderation-heading" className={styles.heading}>
          Moderation
        </h2>
        <p className={styles.intro}>What was flagged or removed, and why: moderation is public.</p>
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
