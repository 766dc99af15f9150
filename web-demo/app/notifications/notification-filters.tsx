import type { NotificationPriority, RealTimeNotification } from '@client/core/realtime';

import { sentenceCase } from '../format/words';
import type { NotificationFilter } from './notification-filter';
import styles from './notification-filters.module.css';
import { priorities, priorityWords } from './priority';

export interface NotificationFiltersProps {
  readonly notifications: readonly RealTimeNotification[];
  readonly filter: NotificationFilter;
  readonly onFilter: (filter: NotificationFilter) => void;
}

/** Which notifications are shown: of one kind, or of one priority. */
export function NotificationFilters({ notifications, filter, onFilter }: NotificationFiltersProps) {
  const types = [...new Set(notifications.map(({ type }) => type))].sort();
  if (filter.type !== '' && !types.includes(filter.type)) types.push(filter.type);
  return (
    <div className={styles.filters}>
      <label className={styles.label}>
        Priority
        <select
          className={`field ${styles.select}`}
          value={filter.priority}
          onChange={(event) => {
            onFilter({ ...filter, priority: event.target.value as NotificationPriority | '' });
          }}
        >
          <option value="">All</option>
          {priorities.map((priority) => (
            <option key={priority} value={priority}>
              {priorityWords[priority]}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.label}>
        About
        <select
          className={`field ${styles.select}`}
          value={filter.type}
          onChange={(event) => {
            onFilter({ ...filter, type: event.target.value });
          }}
        >
          <option value="">Everything</option>
          {types.map((type) => (
            <option key={type} value={type}>
              {sentenceCase(type)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
