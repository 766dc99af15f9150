// Notifications of a gateway and of pushes, in one list. Query: gateway.
import { RealTimeService } from 'civic-realtime';

const query = new URLSearchParams(location.search);
const service = new RealTimeService({
  websocket: { url: query.get('gateway') ?? '' },
  notifications: { enablePush: true },
});
const notifications = service.getNotificationService();
const errors: string[] = [];
service.on('error', (error) => {
  errors.push(error.message);
});

const pushPage = {
  errors,
  /** Connects as the user of this token. */
  async begin(token: string): Promise<void> {
    notifications.subscribeToNotifications();
    await service.initialize(token);
  },
  /** Subscribes this browser; a headless one has no push service, so its answer is made up. */
  async enablePush(): Promise<string> {
    PushManager.prototype.subscribe = () =>
      Promise.resolve({ endpoint: 'https://push.example/1' } as PushSubscription);
    const subscription = await notifications.enablePush({
      applicationServerKey: 'BAEC',
      serviceWorker: './service-worker.js',
    });
    return subscription.endpoint;
  },
  /** Ids, unread ones with a mark, newest first. */
  list(): string[] {
    return notifications.getAllNotifications().map(({ id, read }) => (read ? id : `${id}!`));
  },
};

declare global {
  interface Window {
    pushPage: typeof pushPage;
  }
}
window.pushPage = pushPage;
