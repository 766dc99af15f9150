import type { NotificationPriority } from '@client/core/realtime';

import { priorityTones, priorityWords } from './priority';
import styles from './priority-badge.module.css';

export function PriorityBadge({ priority }: { priority: NotificationPriority }) {
  return (
    <span className={styles.badge} data-tone={priorityTones[priority]}>
      {priorityWords[priority]}
    </span>
  );
}
