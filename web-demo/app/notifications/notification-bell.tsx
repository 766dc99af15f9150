import { useWebSocket } from '@client/core/realtime';

import { Popover } from '../page/popover';
import styles from './notification-bell.module.css';
import { NotificationPanel } from './notification-panel';

/** How many notifications wait, and, when it is pressed, what they say. */
export function NotificationBell() {
  const { notificationCount } = useWebSocket();
  return (
    <Popover
      name="Notifications"
      popover="notifications"
      buttonClass={`round-button ${styles.bell}`}
      buttonLabel={
        notificationCount === 0 ? 'Notifications' : `Notifications, ${notificationCount} unread`
      }
      button={
        <>
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path
              className={styles.shape}
              d="M10 3a4.500 4.500 0 0 0-4.500 4.500c0 4-1.500 5.500-1.500 5.500h12s-1.500-1.500-1.500-5.500A4.500 4.500 0 0 0 10 3zM8.300 15.500a1.800 1.800 0 0 0 3.400 0"
            />
          </svg>
          {notificationCount > 0 && (
            <span className={styles.badge} data-unread={notificationCount} aria-hidden="true">
              {notificationCount > 99 ? '99+' : notificationCount}
            </span>
          )}
        </>
      }
    >
      <NotificationPanel />
    </Popover>
  );
}
