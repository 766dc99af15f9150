import { useState } from 'react';

import { getRealTimeConfig } from '@client/core/realtime';

import { qualityWords, stateWords } from '../connection/connection-words';
import { formatBytes, formatCount, formatRate } from '../format/words';
import { gatewaySocketUrl } from '../gateway/gateway-address';
import styles from './activity-panel.module.css';
import { Figure, Figures } from './figures';
import { Sparkline } from './sparkline';
import { messageRates, rateOf } from './traffic';
import { usePageCost } from './use-page-cost';
import { useTraffic } from './use-traffic';

/** What arrives, what reaches the page, and what that costs. */
export function ActivityPanel() {
  const { stats, traffic } = useTraffic();
  const { scriptShare, longTasks } = usePageCost();
  const [host] = useState(hostName);
  const { counters } = stats;
  const messages = rateOf(traffic, 'messages');
  const rates = messageRates(traffic);

  return (
    <section className={styles.panel} aria-labelledby="activity-heading" data-activity="">
      <h3 id="activity-heading" className={styles.heading}>
        Live data
      </h3>
      <Sparkline
        values={rates}
        capacity={60}
        label={`Messages per second over the last minute, at most ${formatRate(Math.max(0, ...rates))}`}
      />
      <Figures>
        <Figure name="Messages received" figure="messages-per-second">
          {formatRate(messages)}/s
        </Figure>
        <Figure name="Bundles to the page" figure="bundles-per-second">
          {formatRate(rateOf(traffic, 'bundles'))}/s
        </Figure>
      </Figures>

      <h4 className={styles.subheading}>Cost to this page’s main thread</h4>
      <Figures>
        <Figure name="Time in scripts" figure="script-share">
          {scriptShare === undefined
            ? 'measuring…'
            : scriptShare === null
              ? 'not measurable here'
              : `${formatRate(scriptShare * 100)} %`}
        </Figure>
        <Figure name="Tasks over 50 ms, last minute" figure="long-tasks">
          {longTasks === null
            ? 'not measurable here'
            : longTasks.count === 0
              ? 'none'
              : `${longTasks.count} (${Math.round(longTasks.totalMs)} ms)`}
        </Figure>
      </Figures>
      <p className={styles.note}>
        Sampled by the browser every 10 ms over ten seconds: all scripts of this page, rendering
        with React and this panel included; layout and painting are not.
      </p>

      <h4 className={styles.subheading}>Connection</h4>
      <Figures>
        <Figure name="State" figure="state">
          {stateWords[stats.connectionState]}
        </Figure>
        <Figure name="Quality" figure="quality">
          {qualityWords[stats.connectionQuality]}
        </Figure>
        <Figure name="Round trip" figure="round-trip">
          {counters.roundTripMs > 0 ? `${formatRate(counters.roundTripMs)} ms` : 'no ping yet'}
        </Figure>
        <Figure name="Engine runs in" figure="host">
          {host}
        </Figure>
        <Figure name="Bills followed" figure="subscriptions">
          {formatCount(stats.billSubscriptions)}
        </Figure>
        <Figure name="Received in all" figure="received">
          {formatBytes(counters.bytesReceived)}
        </Figure>
        <Figure name="Reconnects" figure="reconnects">
          {formatCount(counters.reconnects)}
        </Figure>
      </Figures>
      <p className={styles.note}>
        Gateway <code className={styles.address}>{gatewaySocketUrl()}</code>
      </p>
    </section>
  );
}

/** The package uses the page where there is no Worker, whatever its configuration asks for. */
function hostName(): string {
  const isWorker = getRealTimeConfig().websocket.host === 'worker' && typeof Worker !== 'undefined';
  return isWorker ? 'a worker' : 'the page';
}
