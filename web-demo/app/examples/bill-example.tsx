import { useId, useState, type ReactNode } from 'react';

import type { BillDescription } from '../gateway/bill-description';
import { Notice } from '../page/notice';
import styles from './bill-example.module.css';
import { Example, type ExampleProps } from './example';

export interface BillExampleProps extends Omit<ExampleProps, 'children'> {
  readonly bills: readonly BillDescription[];
  /** Which of the bills comes first. */
  readonly first?: number;
  readonly children: (billId: number) => ReactNode;
}

/** An example about one bill, which can be chosen. */
export function BillExample({ bills, first = 0, children, ...example }: BillExampleProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const billId = chosen ?? bills[first]?.id ?? bills[0]?.id;
  const id = useId();
  return (
    <Example {...example}>
      {billId === undefined ? (
        <Notice tone="plain" title="There are no bills yet" />
      ) : (
        <>
          <p className={styles.label}>
            <label htmlFor={id}>Bill</label>
            <select
              id={id}
              className={`field ${styles.select}`}
              value={billId}
              onChange={(event) => {
                setChosen(Number(event.target.value));
              }}
            >
              {bills.map((bill) => (
                <option key={bill.id} value={bill.id}>
                  {bill.number}: {bill.title}
                </option>
              ))}
            </select>
          </p>
          <div
            key={billId}
            className={styles.output}
            tabIndex={0}
            role="region"
            aria-label={`What ${example.title} shows`}
          >
            {children(billId)}
          </div>
        </>
      )}
    </Example>
  );
}
