import { memo } from 'react';

import { formatCount } from '../format/words';
import type { BillCounts, BillDescription } from '../gateway/bill-description';
import { nothingCounted } from './replay-counter';
import styles from './replay-table.module.css';

export interface ReplayTableProps {
  readonly bills: readonly BillDescription[];
  readonly counts: ReadonlyMap<number, BillCounts>;
}

/** Bill by bill: what was counted on this page, and what the gateway says there is. */
export function ReplayTable({ bills, counts }: ReplayTableProps) {
  return (
    <div className={styles.frame} tabIndex={0} role="region" aria-label="Counts by bill">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Bill</th>
            <th scope="col">Actions</th>
            <th scope="col">Amendments</th>
            <th scope="col">Votes</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {bills.map((bill) => (
            <ReplayRow key={bill.id} bill={bill} counted={counts.get(bill.id) ?? nothingCounted} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ReplayRowProps {
  readonly bill: BillDescription;
  readonly counted: BillCounts;
}

const ReplayRow = memo(
  function ReplayRow({ bill, counted }: ReplayRowProps) {
    const told = bill.counts;
    const result = told === undefined ? 'unknown' : isSame(counted, told) ? 'equal' : 'different';
    return (
      <tr
        data-bill-id={bill.id}
        data-bill-number={bill.number}
        data-actions={counted.actions}
        data-amendments={counted.amendments}
        data-votes={counted.votes}
        data-told-actions={told?.actions}
        data-told-amendments={told?.amendments}
        data-told-votes={told?.votes}
        data-result={result}
      >
        <th scope="row">
          <span className={styles.number}>{bill.number}</span>{' '}
          <span className={styles.title}>{bill.title}</span>
        </th>
        <CountCell counted={counted.actions} told={told?.actions} />
        <CountCell counted={counted.amendments} told={told?.amendments} />
        <CountCell counted={counted.votes} told={told?.votes} />
        <td className={styles.result}>{resultWords[result]}</td>
      </tr>
    );
  },
  (before, now) => before.bill === now.bill && isSame(before.counted, now.counted),
);

function CountCell({ counted, told }: { counted: number; told: number | undefined }) {
  return (
    <td>
      {formatCount(counted)}
      {told !== undefined && <span className={styles.told}> of {formatCount(told)}</span>}
    </td>
  );
}

const resultWords = { equal: '✓ all', different: '… not all', unknown: 'not known' } as const;

function isSame(a: BillCounts, b: BillCounts): boolean {
  return a.actions === b.actions && a.amendments === b.amendments && a.votes === b.votes;
}
