import { formatCount } from '../format/words';
import styles from './engagement-counters.module.css';
import type { EngagementCounts } from './engagement-counts';

const counters = [
  ['viewCount', 'Views'],
  ['commentCount', 'Comments'],
  ['saveCount', 'Saves'],
  ['shareCount', 'Shares'],
] as const;

/** How much attention the bill gets. Null: the source does not say. */
export function EngagementCounters({ counts }: { counts: EngagementCounts | null }) {
  if (counts === null) {
    return (
      <p className={styles.none}>This source does not count views, comments, saves or shares.</p>
    );
  }
  return (
    <dl className={styles.counters} data-engagement="">
      {counters.map(([field, label]) => (
        <div key={field} className={styles.counter}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value} data-counter={field}>
            {formatCount(counts[field])}
          </dd>
        </div>
      ))}
    </dl>
  );
}
