import panel from '../activity/activity-panel.module.css';
import { Figure, Figures } from '../activity/figures';
import { PageCostFigures } from '../activity/page-cost-figures';
import { formatRate } from '../format/words';
import { useRate } from '../rates/use-rate';

/** What the chosen receiver takes in, and what the page's main thread pays. Begins anew with each receiver. */
export function ComparisonFigures({ received }: { readonly received: () => number }) {
  const rate = useRate(received);
  return (
    <section className={panel.panel} aria-labelledby="comparison-figures">
      <h3 id="comparison-figures" className={panel.heading}>
        This receiver
      </h3>
      <Figures>
        <Figure name="Bill updates received" figure="updates-per-second">
          {rate === null ? '…' : `${formatRate(rate)}/s`}
        </Figure>
        <PageCostFigures />
      </Figures>
      <p className={panel.note}>Of the page’s main thread, React’s rendering included.</p>
    </section>
  );
}
