import { statusName, statusTone } from './bill-status';
import styles from './status-badge.module.css';

/** Where a bill stands. Null: nothing has been heard of it yet. */
export function StatusBadge({ status }: { status: string | null }) {
  if (status === null) {
    return (
      <span className={styles.badge} data-tone="none">
        No status yet
      </span>
    );
  }
  return (
    <span className={styles.badge} data-tone={statusTone(status)}>
      {statusName(status)}
    </span>
  );
}
