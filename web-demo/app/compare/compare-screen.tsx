import { useCallback, useState } from 'react';

import type { BillDescription } from '../gateway/bill-description';
import { LoadPanel } from '../load/load-panel';
import { Choice } from '../page/choice';
import { ScreenHeader } from '../page/screen-header';
import styles from './compare-screen.module.css';
import { ComparisonFigures } from './comparison-figures';
import { EngineCards } from './engine-cards';
import { JsonCards } from './json-cards';
import { receivers, type ReceiverName } from './receivers';

const shownAtMost = 50;
const nothing = (): number => 0;

/** The same bills, received by the package or by what one would write without it. */
export function CompareScreen({ bills }: { readonly bills: readonly BillDescription[] }) {
  const [receiver, setReceiver] = useState<ReceiverName>('civic-realtime');
  const [counter, setCounter] = useState<() => number>(() => nothing);
  const onCounter = useCallback((received: () => number) => {
    setCounter(() => received);
  }, []);
  const shown = bills.slice(0, shownAtMost);
  const Cards = receiver === 'civic-realtime' ? EngineCards : JsonCards;
  return (
    <div className={styles.screen}>
      <section className={styles.main} aria-labelledby="compare-heading">
        <ScreenHeader
          id="compare-heading"
          title="Who receives?"
          intro={`Both follow all ${bills.length} bills and show ${shown.length}, with the same component. Turn the load up until the frames suffer.`}
        >
          <Choice
            legend="Received by"
            options={receivers}
            chosen={receiver}
            onChoose={setReceiver}
          />
        </ScreenHeader>
        <ul className={styles.cards}>
          <Cards key={receiver} shown={shown} followed={bills} onCounter={onCounter} />
        </ul>
      </section>
      <aside className={styles.aside} aria-label="Load and cost">
        <LoadPanel />
        <ComparisonFigures key={receiver} received={counter} />
      </aside>
    </div>
  );
}
