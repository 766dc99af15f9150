import { useWebSocket } from '@client/core/realtime';

import { Toast } from './toast';
import styles from './toasts.module.css';
import { useUrgentNews } from './use-urgent-news';

/** Toasts at the same time; the bell has the others. */
const most = 3;

/** What cannot wait until somebody looks: new notifications of high and critical priority, as long as they are unread. */
export function Toasts() {
  const { notifications } = useWebSocket();
  const { urgent, dismiss } = useUrgentNews();
  const unread = notifications.filter(({ id, read }) => !read && urgent.includes(id));
  return (
    <section className={styles.toasts} aria-label="Urgent notifications">
      {unread.slice(0, most).map((notification) => (
        <Toast key={notification.id} notification={notification} onDismiss={dismiss} />
      ))}
    </section>
  );
}
