import { useState } from 'react';

import { useWebSocket } from '@client/core/realtime';

import { counted } from '../format/words';
import { clearRead, markAllRead } from './changes';
import { everything, passes } from './notification-filter';
import { NotificationFilters } from './notification-filters';
import { NotificationItem } from './notification-item';
import styles from './notification-panel.module.css';

/** What the visitor was told, newest first. */
export function NotificationPanel() {
  const { notifications, notificationCount } = useWebSocket();
  const [filter, setFilter] = useState(everything);
  const shown = notifications.filter((notification) => passes(notification, filter));
  const hasRead = notifications.length > notificationCount;
  return (
    <>
      <header className={styles.header}>
        <div className={styles.line}>
          <h2 className={styles.title}>Notifications</h2>
          <p className={styles.count} role="status">
            {notificationCount === 0
              ? 'All read'
              : counted(notificationCount, 'unread notification')}
          </p>
        </div>
        <NotificationFilters notifications={notifications} filter={filter} onFilter={setFilter} />
        <p className={styles.actions}>
          <button
            type="button"
            className="button"
            data-size="small"
            disabled={notificationCount === 0}
            onClick={markAllRead}
          >
            Mark all as read
          </button>
          <button
            type="button"
            className="button"
            data-size="small"
            disabled={!hasRead}
            onClick={clearRead}
          >
            Clear read ones
          </button>
        </p>
      </header>
      {shown.length === 0 ? (
        <p className={styles.nothing}>
          {notifications.length === 0
            ? 'There is nothing to tell you. What comes up appears here by itself.'
            : 'No notification is like that.'}
        </p>
      ) : (
        <ul className={styles.list}>
          {shown.map((notification) => (
            <NotificationItem key={notification.id} notification={notification} />
          ))}
        </ul>
      )}
    </>
  );
}
