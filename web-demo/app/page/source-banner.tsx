import type { FeedSource } from '../gateway/bill-description';
import styles from './source-banner.module.css';

/** Where the page's data come from; nobody should take made-up bills for real ones. */
export function SourceBanner({ source }: { source: FeedSource }) {
  return (
    <p className={styles.banner} data-source={source}>
      <strong className={styles.badge}>{badges[source]}</strong>
      <span>{texts[source]}</span>
    </p>
  );
}

const badges: Readonly<Record<FeedSource, string>> = {
  synthetic: 'Simulated data',
  billstatus: 'Real bills, replayed',
  none: 'No feed',
};

const texts: Readonly<Record<FeedSource, string>> = {
  synthetic: 'Every bill, name and vote here is made up.',
  billstatus:
    'Source: BILLSTATUS, United States Government Publishing Office. Times are Washington’s.',
  none: 'Only what somebody publishes by hand is shown.',
};
