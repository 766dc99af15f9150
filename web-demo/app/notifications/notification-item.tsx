import { memo } from 'react';

import type { RealTimeNotification } from '@client/core/realtime';

import { momentOf } from '../format/dates';
import { sentenceCase } from '../format/words';
import { Moment } from '../page/moment';
import { markRead, remove } from './changes';
import styles from './notification-item.module.css';
import { NotificationLink } from './notification-link';
import { PriorityBadge } from './priority-badge';

export interface NotificationItemProps {
  readonly notification: RealTimeNotification;
}

/** One notification. The package keeps unchanged ones the same objects, so it renders when it changed. */
export const NotificationItem = memo(function NotificationItem({
  notification,
}: NotificationItemProps) {
  const { id, type, title, message, priority, timestamp, read } = notification;
  const moment = momentOf(timestamp);
  return (
    <li className={styles.item} data-notification={id} data-read={read}>
      <p className={styles.meta}>
        {!read && <span className={styles.dot} />}
        {!read && <span className="visually-hidden">Unread</span>}
        <PriorityBadge priority={priority} />
        <span>{sentenceCase(type)}</span>
        <Moment at={moment} className={styles.time} />
      </p>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.message}>{message}</p>
      <p className={styles.actions}>
        <NotificationLink notification={notification} />
        {!read && (
          <button
            type="button"
            className="link-button"
            onClick={() => {
              markRead(id);
            }}
          >
            Mark as read
          </button>
        )}
        <button
          type="button"
          className="link-button"
          onClick={() => {
            remove(id);
          }}
        >
          Remove<span className="visually-hidden"> “{title}”</span>
        </button>
      </p>
    </li>
  );
});
