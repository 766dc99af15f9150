import type { EngagementRate } from '@client/core/realtime';

import { formatRate } from '../format/words';
import styles from './rate.module.css';
import { TrendArrow } from './trend-arrow';

/** How often something is counted per minute, and whether that rises. */
export function Rate({ rate }: { rate: EngagementRate }) {
  const { perMinute, trend, total } = rate;
  return (
    <span className={styles.rate} data-rate={perMinute} title={`${formatRate(total)} in all`}>
      {perMinute > 0 && perMinute < 0.05 ? 'under 0.1' : formatRate(perMinute)}
      <TrendArrow trend={total === 0 ? 0 : trend} />
    </span>
  );
}
