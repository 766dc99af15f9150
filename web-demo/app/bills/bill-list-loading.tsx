import styles from './bill-list-loading.module.css';

const rows = [0, 1, 2, 3, 4, 5];

/** The list's shape while the bills are on their way. */
export function BillListLoading() {
  return (
    <section className={styles.list} aria-busy="true" aria-labelledby="bills-loading">
      <h2 id="bills-loading" className={styles.heading}>
        Loading bills…
      </h2>
      {rows.map((row) => (
        <div key={row} className={styles.row} aria-hidden="true">
          <span className={styles.bar} data-width="short" />
          <span className={styles.bar} data-width="long" />
          <span className={styles.bar} data-width="medium" />
        </div>
      ))}
    </section>
  );
}
