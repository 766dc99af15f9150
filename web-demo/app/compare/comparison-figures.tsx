import { Figure, Figures } from '../activity/figures';
import { PageCostFigures } from '../activity/page-cost-figures';
import { formatRate } from '../format/words';
import { Panel } from '../page/panel';
import { useRate } from '../rates/use-rate';

/** What the chosen receiver takes in, and what the page's main thread pays. Begins anew with each receiver. */
export function ComparisonFigures({ received }: { readonly received: () => number }) {
  const rate = useRate(received);
  return (
    <Panel
      id="comparison-figures"
      title="This receiver"
      note="Of the page’s main thread, React’s rendering included."
    >
      <Figures>
        <Figure name="Bill updates received" figure="updates-per-second">
          {rate === null ? '…' : `${formatRate(rate)}/s`}
        </Figure>
        <PageCostFigures />
      </Figures>
    </Panel>
  );
}
