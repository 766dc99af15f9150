import { useEffect } from 'react';

import type { RealTimeNotification } from '@client/core/realtime';

import { markRead } from './changes';
import { NotificationLink } from './notification-link';
import { PriorityBadge } from './priority-badge';
import styles from './toast.module.css';

export interface ToastProps {
  readonly notification: RealTimeNotification;
  readonly onDismiss: (id: string) => void;
}

/** How long one that is not critical stays; it is in the bell afterwards. */
const patienceMs = 15_000;

/** One urgent notification. A critical one stays until somebody has done something about it. */
export function Toast({ notification, onDismiss }: ToastProps) {
  const { id, title, message, priority } = notification;
  const isCritical = priority === 'critical';

  useEffect(() => {
    if (isCritical) return undefined;
    const timer = setTimeout(() => {
      onDismiss(id);
    }, patienceMs);
    return () => {
      clearTimeout(timer);
    };
  }, [id, isCritical, onDismiss]);

  return (
    <div
      className={styles.toast}
      role={isCritical ? 'alert' : 'status'}
      data-priority={priority}
      data-toast={id}
    >
      <p className={styles.line}>
        <PriorityBadge priority={priority} />
        <strong>{title}</strong>
      </p>
      <p className={styles.message}>{message}</p>
      <p className={styles.actions}>
        <NotificationLink
          notification={notification}
          onLeave={() => {
            onDismiss(id);
          }}
        />
        <button
          type="button"
          className="link-button"
          onClick={() => {
            markRead(id);
            onDismiss(id);
          }}
        >
          Mark as read
        </button>
        <button
          type="button"
          className="link-button"
          onClick={() => {
            onDismiss(id);
          }}
        >
          Later
        </button>
      </p>
    </div>
  );
}
