import { realTimeService } from '@client/core/realtime';

/**
 * What the visitor does to notifications: it shows here at once, and the server is told, so that it shows in the
 * visitor's other tabs. Without a connection the server is told when there is one.
 */
const notifications = () => realTimeService.getNotificationService();

export function markRead(id: string): void {
  if (notifications().markAsRead(id)) void notifications().sendMarkAsReadUpdate(id);
}

export function markAllRead(): void {
  const unread = notifications().getUnreadNotifications();
  notifications().markAllAsRead();
  for (const { id } of unread) void notifications().sendMarkAsReadUpdate(id);
}

export function remove(id: string): void {
  if (notifications().removeNotification(id)) void notifications().sendClearNotificationUpdate(id);
}

export function clearRead(): void {
  const read = notifications()
    .getAllNotifications()
    .filter((notification) => notification.read);
  notifications().clearReadNotifications();
  for (const { id } of read) void notifications().sendClearNotificationUpdate(id);
}
