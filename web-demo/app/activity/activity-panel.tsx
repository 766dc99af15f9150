import { formatRate } from '../format/words';
import { Panel } from '../page/panel';
import styles from './activity-panel.module.css';
import { Figure, Figures } from './figures';
import { PageCostFigures } from './page-cost-figures';
import { Sparkline } from './sparkline';
import { messageRates, rateOf } from './traffic';
import { useTraffic } from './use-traffic';

/** What arrives, what reaches the page, and what that costs. */
export function ActivityPanel() {
  const { traffic } = useTraffic();
  const messages = rateOf(traffic, 'messages');
  const rates = messageRates(traffic);

  return (
    <Panel
      id="activity-heading"
      title="Live data"
      note="Sampled by the browser every 10 ms over ten seconds: all scripts of this page, rendering with React and this panel included; layout and painting are not."
    >
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
        <PageCostFigures />
      </Figures>
    </Panel>
  );
}
