import { useMemo, useState } from 'react';

import type { Zone } from '../format/dates';
import { counted } from '../format/words';
import type { BillDescription } from '../gateway/bill-description';
import styles from './bill-list.module.css';
import { BillRow } from './bill-row';
import { BillSearch } from './bill-search';
import { matchesSearch } from './matches-search';
import { useRovingFocus } from './use-roving-focus';

/** Rows at first, and more at every "Show more": each shown row follows its bill. */
const pageSize = 100;

export interface BillListProps {
  readonly bills: readonly BillDescription[];
  readonly zone: Zone;
  readonly selected: number | null;
}

export function BillList({ bills, zone, selected }: BillListProps) {
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(pageSize);
  const found = useMemo(() => bills.filter((bill) => matchesSearch(bill, search)), [bills, search]);
  const shown = useMemo(() => found.slice(0, limit), [found, limit]);
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const { tabStop, onFocus, onKeyDown } = useRovingFocus(ids, selected);

  return (
    <section className={`card ${styles.list}`} aria-labelledby="bills-heading">
      <h2 id="bills-heading" className="visually-hidden">
        Bills
      </h2>
      <BillSearch
        search={search}
        onSearch={setSearch}
        found={
          search.trim() === ''
            ? counted(bills.length, 'bill')
            : `${found.length} of ${counted(bills.length, 'bill')}`
        }
      />
      {found.length === 0 ? (
        <p className={styles.nothing}>
          No bill matches “{search.trim()}”. Try its number or fewer words.
        </p>
      ) : (
        <ul className={styles.rows} onFocus={onFocus} onKeyDown={onKeyDown}>
          {shown.map((bill) => (
            <BillRow
              key={bill.id}
              bill={bill}
              zone={zone}
              isSelected={bill.id === selected}
              isTabStop={bill.id === tabStop}
            />
          ))}
        </ul>
      )}
      {found.length > shown.length && (
        <div className={styles.more}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setLimit(limit + pageSize);
            }}
          >
            Show {Math.min(pageSize, found.length - shown.length)} more of {found.length}
          </button>
        </div>
      )}
    </section>
  );
}
