import { useRealtimeEngagement } from '@client/core/realtime';

import { Sparkline } from '../activity/sparkline';
import { formatRate } from '../format/words';
import styles from './bill-analytics.module.css';
import { measureWords, measures, windowWords, windows } from './measures';
import { Rate } from './rate';
import { historyLength, useRateHistory } from './use-rate-history';

/** How attention to one bill moves: per minute, over a minute, a quarter of an hour and a day. */
export function BillAnalytics({ billId }: { billId: number }) {
  const analytics = useRealtimeEngagement().getEngagementAnalytics(billId);
  const viewsPerMinute = analytics?.windows['1m'].views.smoothedPerMinute ?? 0;
  const history = useRateHistory(analytics?.timestamp, viewsPerMinute);
  if (analytics === null) return null;
  return (
    <div className={styles.analytics} data-analytics={billId}>
      <div className={styles.chart}>
        <p className={styles.caption}>Views a minute</p>
        <Sparkline
          values={history}
          capacity={historyLength}
          label={`Views a minute lately; now ${formatRate(viewsPerMinute)}`}
        />
      </div>
      <table className={styles.table}>
        <caption className="visually-hidden">Rates per minute, and whether they rise</caption>
        <thead>
          <tr>
            <th scope="col">Per minute, over the last</th>
            {windows.map((window) => (
              <th key={window} scope="col" className={styles.number}>
                {windowWords[window]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <tr key={measure}>
              <th scope="row">{measureWords[measure]}</th>
              {windows.map((window) => (
                <td key={window} className={styles.number}>
                  <Rate rate={analytics.windows[window][measure]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
