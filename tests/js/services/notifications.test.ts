// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { NotificationService } from '../../../js/src/services/notifications.js';
import type { RealTimeNotification } from '../../../js/src/types.js';
import { serviceOnFake } from '../support/fake-engine.js';
import { notification } from '../support/records.js';

const topic = 'user_notifications';

/** The engine of these tests is in a worker: it tells what became of a command when `tell` is called. */
function setup() {
  const { service, engine } = serviceOnFake();
  const notifications = service.getNotificationService();
  notifications.subscribeToNotifications();
  const tell = (...all: RealTimeNotification[]) => {
    const unread = all.filter(({ read }) => !read).length;
    const counts = { total: all.length, unread, byType: { info: all.length }, byPriority: {} };
    engine.readModel.setValue(topic, CellKind.notificationCounts, counts);
    engine.readModel.setValue(topic, CellKind.notifications, all);
  };
  return { service, engine, notifications, tell };
}

describe('reading notifications', () => {
  it('finds them newest first, by type, by priority, by id', () => {
    const { notifications, tell } = setup();
    const alert = notification('c', { type: 'system_alert', priority: 'critical' });
    const read = notification('b', { read: true });
    const old = notification('a');
    tell(alert, read, old);
    expect(notifications.getAllNotifications()).toEqual([alert, read, old]);
    expect(notifications.getAllNotifications()).toBe(notifications.getAllNotifications());
    expect(notifications.getUnreadNotifications()).toEqual([alert, old]);
    expect(notifications.getNotificationsByType('system_alert')).toEqual([alert]);
    expect(notifications.getNotificationsByPriority('critical')).toEqual([alert]);
    expect(notifications.getRecentNotifications(2)).toEqual([alert, read]);
    expect([notifications.getNotification('a'), notifications.getNotification('z')]).toEqual([
      old,
      null,
    ]);
  });

  it('counts the unread without looking at them', () => {
    const { notifications, tell, engine } = setup();
    tell(notification('a'), notification('b'));
    const value = vi.spyOn(engine.readModel, 'value');
    expect(notifications.getUnreadCount()).toBe(2);
    expect(value.mock.calls.map(([, cell]) => cell)).toEqual([CellKind.notificationCounts]);
  });
});

describe('changing notifications', () => {
  it('shows a change at once, and goes on showing it until the engine has made it', () => {
    const { notifications, tell, engine } = setup();
    const [a, b] = [notification('a'), notification('b')];
    tell(a, b);
    expect(notifications.markAsRead('a')).toBe(true);
    expect(engine.told('changeNotifications')).toEqual([['read', 'a']]);
    expect(notifications.getNotification('a')?.read).toBe(true);
    expect([notifications.getUnreadCount(), notifications.getStats().unreadNotifications]).toEqual([
      1, 1,
    ]);
    expect(notifications.getAllNotifications()[1]).toBe(b);

    // A bundle that was under way when the command was given.
    tell(notification('c', { arrival: 2 }), a, b);
    expect(notifications.getNotification('a')?.read).toBe(true);
    expect(notifications.getUnreadCount()).toBe(2);

    const shown = notifications.getNotification('a');
    tell({ ...a, read: true }, b);
    expect(notifications.getNotification('a')).toBe(shown);
    expect(notifications.getUnreadCount()).toBe(1);
    expect(notifications.markAsRead('a')).toBe(false);
    expect(notifications.markAsRead('nobody')).toBe(false);
  });

  it('believes the engine about one that came again', () => {
    const { notifications, tell } = setup();
    tell(notification('a'));
    notifications.removeNotification('a');
    expect(notifications.getAllNotifications()).toEqual([]);
    tell(notification('a', { arrival: 2 }));
    expect(notifications.getAllNotifications()).toHaveLength(1);
  });

  it('marks, removes and clears, and says how many', () => {
    const { notifications, tell, engine } = setup();
    tell(notification('a'), notification('b', { read: true }), notification('c'));
    expect(notifications.removeNotification('c')).toBe(true);
    expect(notifications.removeNotification('c')).toBe(false);
    expect(notifications.markAllAsRead()).toBe(1);
    expect(notifications.getUnreadCount()).toBe(0);
    expect(notifications.clearReadNotifications()).toBe(2);
    expect(notifications.getAllNotifications()).toEqual([]);
    notifications.clearAllNotifications();
    expect(engine.told('changeNotifications')).toEqual([
      ['remove', 'c'],
      ['readAll', ''],
      ['clearRead', ''],
      ['clear', ''],
    ]);
    expect(notifications.getStats()).toEqual({
      totalNotifications: 0,
      unreadNotifications: 0,
      notificationsByType: {},
      notificationsByPriority: {},
      isSubscribed: true,
    });
  });

  it('counts by type and priority also while a change is under way', () => {
    const { notifications, tell } = setup();
    tell(notification('a', { type: 'x' }), notification('b', { priority: 'high' }));
    notifications.markAsRead('a');
    expect(notifications.getStats()).toMatchObject({
      unreadNotifications: 1,
      notificationsByType: { x: 1, info: 1 },
      notificationsByPriority: { normal: 1, high: 1 },
    });
  });

  it('tells those who follow, once for the command and not again when nothing is new', () => {
    const { notifications, tell } = setup();
    tell(notification('a'));
    const { notifications: all, unread } = notifications;
    const [onAll, onUnread] = [vi.fn(), vi.fn()];
    const ends = [all.watch(onAll), unread.watch(onUnread)];
    notifications.markAsRead('a');
    expect([onAll.mock.calls.length, onUnread.mock.calls.length, unread.version()]).toEqual([
      1, 1, 0,
    ]);
    const version = all.version();
    tell(notification('a', { read: true }));
    expect(all.version()).toBe(version);
    for (const end of ends) end();
    notifications.clearAllNotifications();
    expect(onAll).toHaveBeenCalledTimes(2);
  });
});

describe('telling the server', () => {
  it('sends the messages of the protocol', async () => {
    const { notifications, engine } = setup();
    await notifications.sendMarkAsReadUpdate('a');
    await notifications.sendClearNotificationUpdate('b');
    await notifications.sendClearAllNotificationsUpdate();
    const timestamp = expect.any(String) as string;
    expect(engine.told('send').map(([text]) => JSON.parse(String(text)) as unknown)).toEqual([
      { type: 'mark_notification_read', data: { notification_id: 'a', timestamp } },
      { type: 'clear_notification', data: { notification_id: 'b', timestamp } },
      { type: 'clear_all_notifications', data: { timestamp } },
    ]);
    notifications.handleMessage({ type: 'notification', id: 'a' });
    expect(engine.told('inject')).toHaveLength(1);
  });
});

describe('with a mock that can only subscribe', () => {
  it('has no notifications and throws nothing', async () => {
    const service = new NotificationService({
      subscribe: () => 'id',
      unsubscribe: () => undefined,
    });
    await service.initialize();
    service.subscribeToNotifications();
    expect([service.markAsRead('a'), service.markAllAsRead(), service.getUnreadCount()]).toEqual([
      false,
      0,
      0,
    ]);
    service.clearAllNotifications();
    service.unsubscribeFromNotifications();
    expect(service.getStats().isSubscribed).toBe(false);
    await expect(service.enablePush({ applicationServerKey: 'x' })).rejects.toMatchObject({
      code: 'push-unavailable',
      message: expect.stringContaining('notifications.enablePush') as string,
    });
  });
});
