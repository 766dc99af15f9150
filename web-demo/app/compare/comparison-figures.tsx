import panel from '../activity/activity-panel.module.css';
import { Figure, Figures } from '../activity/figures';
import { usePageCost } from '../activity/use-page-cost';
import { formatRate } from '../format/words';
import { useRate } from './use-rate';

/** What the chosen receiver takes in, and what the page's main thread pays. Begins anew with each receiver. */
export function ComparisonFigures({ received }: { readonly received: () => number }) {
  const rate = useRate(received);
  const { scriptShare, longTasks } = usePageCost();
  return (
    <section className={panel.panel} aria-labelledby="comparison-figures">
      <h3 id="comparison-figures" className={panel.heading}>
        This receiver
      </h3>
      <Figures>
        <Figure name="Bill updates received" figure="updates-per-second">
          {rate === null ? '…' : `${formatRate(rate)}/s`}
        </Figure>
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
      <p className={panel.note}>Of the page’s main thread, React’s rendering included.</p>
    </section>
  );
}
