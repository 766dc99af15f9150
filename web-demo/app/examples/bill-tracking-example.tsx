import { useState } from 'react';

import { Notice } from '../page/notice';
import type { BillDescription } from '../gateway/bill-description';
import { BillTracker } from './bill-tracking';
import source from './bill-tracking.tsx?raw';
import { Example } from './example';
import styles from './bill-tracking-example.module.css';

export function BillTrackingExample({ bills }: { bills: readonly BillDescription[] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const billId = chosen ?? bills[0]?.id;
  return (
    <Example
      name="bill-tracking"
      title="Bill tracking"
      intro="A component that follows one bill with the hook useBillTracking."
      source={source}
    >
      {billId === undefined ? (
        <Notice tone="plain" title="There are no bills yet" />
      ) : (
        <>
          <label className={styles.label}>
            Bill
            <select
              className={styles.select}
              value={billId}
              onChange={(event) => {
                setChosen(Number(event.target.value));
              }}
            >
              {bills.map(({ id, number, title }) => (
                <option key={id} value={id}>
                  {number}: {title}
                </option>
              ))}
            </select>
          </label>
          <div
            className={styles.output}
            tabIndex={0}
            role="region"
            aria-label="What the example shows"
          >
            <BillTracker key={billId} billId={billId} />
          </div>
        </>
      )}
    </Example>
  );
}
