import { useRealtimeEngagement } from '@client/core/realtime';

import { formatRate } from '../format/words';
import type { BillDescription } from '../gateway/bill-description';
import { Panel } from '../page/panel';
import { billAddress, trendingAddress } from '../routing/route';
import styles from './movers-panel.module.css';
import { strongestMeasure } from './strongest';
import { TrendArrow } from './trend-arrow';

const shown = 5;

/** The few bills that move most, beside the list of all. */
export function MoversPanel({ bills }: { bills: readonly BillDescription[] }) {
  const { movers, getEngagementAnalytics } = useRealtimeEngagement();
  const moving = movers.slice(0, shown).flatMap(({ billId, perMinute }) => {
    const bill = bills.find(({ id }) => id === billId);
    if (bill === undefined) return [];
    const measure = strongestMeasure(perMinute);
    const trend = getEngagementAnalytics(billId)?.windows['15m'][measure].trend ?? 0;
    return [{ bill, measure, rate: perMinute[measure], trend }];
  });
  return (
    <Panel
      id="movers-heading"
      title={
        <>
          Moving most{' '}
          <a className={styles.all} href={trendingAddress}>
            All trends
          </a>
        </>
      }
    >
      {moving.length === 0 ? (
        <p className={styles.nothing}>Nothing has moved yet.</p>
      ) : (
        <ol className={styles.list}>
          {moving.map(({ bill, measure, rate, trend }) => (
            <li key={bill.id} className={styles.item}>
              <a className={styles.link} href={billAddress(bill.id)}>
                <span className={styles.number}>{bill.number}</span>
                <span className={styles.title}>{bill.title}</span>
              </a>
              <span className={styles.rate}>
                {formatRate(rate)} {measure} a minute
                <TrendArrow trend={trend} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
