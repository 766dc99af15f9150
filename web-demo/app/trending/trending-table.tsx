import type { EngagementWindow } from '@client/core/realtime';

import type { BillDescription } from '../gateway/bill-description';
import { measureWords, measures } from './measures';
import { TrendingRow } from './trending-row';
import styles from './trending-table.module.css';

export interface TrendingTableProps {
  /** Best first. */
  readonly bills: readonly BillDescription[];
  readonly window: EngagementWindow;
}

export function TrendingTable({ bills, window }: TrendingTableProps) {
  return (
    <table className={styles.table} data-trending="">
      <thead className={styles.head}>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Rank</span>
          </th>
          <th scope="col">Bill</th>
          <th scope="col" className={styles.chart}>
            Views lately
          </th>
          {measures.map((measure) => (
            <th key={measure} scope="col" className={styles.number}>
              {measureWords[measure]}
              <span className="visually-hidden"> a minute</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bills.map((bill, index) => (
          <TrendingRow key={bill.id} bill={bill} rank={index + 1} window={window} />
        ))}
      </tbody>
    </table>
  );
}
