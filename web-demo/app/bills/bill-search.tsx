import styles from './bill-search.module.css';

export interface BillSearchProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** How many bills the search finds, in words. */
  readonly found: string;
}

export function BillSearch({ search, onSearch, found }: BillSearchProps) {
  return (
    <search className={styles.search}>
      <label className="visually-hidden" htmlFor="bill-search">
        Search bills by number, title, sponsor or committee
      </label>
      <input
        id="bill-search"
        className={`field ${styles.input}`}
        type="search"
        placeholder="Search bills or sponsors"
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => {
          onSearch(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onSearch('');
        }}
      />
      <p className={styles.found} role="status">
        {found}
      </p>
    </search>
  );
}
