import { useRealtimeEngagement, type EngagementWindow } from '@client/core/realtime';

import { Sparkline } from '../activity/sparkline';
import { formatRate } from '../format/words';
import type { BillDescription } from '../gateway/bill-description';
import { billAddress } from '../routing/route';
import { measureWords, measures } from './measures';
import { Rate } from './rate';
import styles from './trending-table.module.css';
import { historyLength, useRateHistory } from './use-rate-history';

export interface TrendingRowProps {
  readonly bill: BillDescription;
  readonly rank: number;
  readonly window: EngagementWindow;
}

/** One bill that moves. */
export function TrendingRow({ bill, rank, window }: TrendingRowProps) {
  const analytics = useRealtimeEngagement().getEngagementAnalytics(bill.id);
  const viewsPerMinute = analytics?.windows['1m'].views.smoothedPerMinute ?? 0;
  const history = useRateHistory(analytics?.timestamp, viewsPerMinute);
  const rates = analytics?.windows[window];
  return (
    <tr className={styles.row} data-mover={bill.id}>
      <td className={styles.rank}>{rank}</td>
      <th scope="row" className={styles.bill}>
        <a className={styles.link} href={billAddress(bill.id)}>
          <span className={styles.billNumber}>{bill.number}</span>
          <span className={styles.title}>{bill.title}</span>
        </a>
      </th>
      <td className={styles.chart}>
        <Sparkline
          size="small"
          values={history}
          capacity={historyLength}
          label={`Views a minute lately; now ${formatRate(viewsPerMinute)}`}
        />
      </td>
      {measures.map((measure) => (
        <td key={measure} className={styles.number} data-label={measureWords[measure]}>
          {rates === undefined ? '…' : <Rate rate={rates[measure]} />}
        </td>
      ))}
    </tr>
  );
}
