import { describe, expect, it } from 'vitest';
import { MAXIMUM_NOTIFICATIONS } from '../../../web-demo/gateway/notifications/mailboxes.js';
import { connect, startGateway } from '../support/fixture.js';
import type { Message, TestClient } from '../support/test-client.js';
import { VirtualClock } from '../support/virtual-clock.js';

const TOPIC = 'user_notifications';

const notification = (id: string, more: Message = {}): Message => ({
  type: 'notification',
  notification: { id, type: 'news', title: `Title ${id}`, message: 'Text', priority: 'high' },
  ...more,
});

async function visitor(url: string): Promise<TestClient> {
  const client = await connect(url);
  await client.open(TOPIC);
  return client;
}

async function notifications(client: TestClient): Promise<Message[]> {
  await client.settled();
  return client.ofType('notification');
}

const ids = async (client: TestClient): Promise<unknown[]> =>
  (await notifications(client)).map((message) => message.notification.id);

const userId = async (client: TestClient): Promise<string> =>
  (await client.request({ type: 'subscribe', topic: TOPIC, subscriptionId: 'who' })).data
    .user_id as string;

describe('notifications', () => {
  it('go to everybody who wants them, or to one user alone', async () => {
    const { url, publish } = await startGateway();
    const [first, second] = [await visitor(url), await visitor(url)];
    const watcher = await connect(url);
    await watcher.open('*');
    expect(publish(notification('a')).deliveredTo).toBe(3);
    expect(publish(notification('b', { user_id: 'guest-2' })).deliveredTo).toBe(1);
    expect(await ids(first)).toEqual(['a']);
    expect(await ids(second)).toEqual(['a', 'b']);
    expect(await ids(watcher)).toEqual(['a']);
  });

  it('are kept for who comes later, marked as history, and bounded', async () => {
    const { url, publish } = await startGateway();
    for (let id = 1; id <= MAXIMUM_NOTIFICATIONS + 5; id += 1) publish(notification(`n${id}`));
    publish(notification('n50', { again: true }));
    const late = await visitor(url);
    const received = await notifications(late);
    expect(received).toHaveLength(MAXIMUM_NOTIFICATIONS);
    expect(received[0]).toMatchObject({ history: true, notification: { id: 'n6' } });
    expect(received.at(-1)).toMatchObject({ again: true, notification: { id: 'n50' } });
    expect(received[0]?.notification).not.toHaveProperty('read');
  });

  it('are forgotten when they expire', async () => {
    const clock = new VirtualClock();
    const { url, publish } = await startGateway({ clock });
    const expires = (expires_at: unknown) => ({
      type: 'notification',
      notification: { ...notification('x').notification, id: String(expires_at), expires_at },
    });
    publish([
      expires(clock.now() + 1000),
      expires(new Date(clock.now() + 3000).toISOString()),
      notification('stays'),
    ]);
    await clock.advance(2000);
    expect(await ids(await visitor(url))).toHaveLength(2);
    await clock.advance(2000);
    expect(await ids(await visitor(url))).toEqual(['stays']);
  });
});

describe('read and cleared', () => {
  it('in one tab, are told to the other tabs of the same user, and to nobody else', async () => {
    const { url, publish } = await startGateway();
    const [tab, other] = [await visitor(`${url}?token=mine`), await visitor(`${url}?token=mine`)];
    const stranger = await visitor(url);
    publish(['a', 'b', 'c'].map((id) => notification(id)));
    tab.send({ type: 'mark_notification_read', data: { notification_id: 'a', timestamp: 1 } });
    tab.send({ type: 'clearNotification', data: { notificationId: 'b' } });
    tab.send({ type: 'clear_all_notifications', data: { timestamp: 1 } });
    await tab.settled();
    await other.settled();
    const user_id = await userId(tab);
    const timestamp = expect.any(String);
    const state = ({ type }: Message) => /^notification_/.test(type as string);
    expect(other.received.filter(state)).toEqual([
      { type: 'notification_read', notification_id: 'a', user_id, timestamp },
      { type: 'notification_clear', notification_id: 'b', user_id, timestamp },
      { type: 'notification_clear', clear_all: true, user_id, timestamp },
    ]);
    await stranger.settled();
    expect([...tab.received, ...stranger.received].filter(state)).toEqual([]);
  });

  it('are remembered for the user, and only for the user', async () => {
    const { url, publish } = await startGateway();
    const tab = await visitor(`${url}?token=mine`);
    publish(['a', 'b', 'c'].map((id) => notification(id)));
    tab.send({ type: 'mark_notification_read', data: { notification_id: 'a' } });
    tab.send({ type: 'clear_notification', data: { notification_id: 'b' } });
    await tab.settled();
    tab.terminate();
    const again = await visitor(`${url}?token=mine`);
    expect((await notifications(again)).map((message) => message.notification as unknown)).toEqual([
      expect.objectContaining({ id: 'a', read: true }),
      expect.not.objectContaining({ read: true }),
    ]);
    expect(await ids(await visitor(url))).toEqual(['a', 'b', 'c']);
    again.send({ type: 'clear_all_notifications' });
    await again.settled();
    publish(notification('d'));
    expect(await ids(await visitor(`${url}?token=mine`))).toEqual(['d']);
  });

  it('can be published, for one user or for everybody', async () => {
    const { url, publish } = await startGateway();
    publish(['a', 'b', 'c'].map((id) => notification(id)));
    const client = await visitor(url);
    publish([
      { type: 'notificationRead', notificationId: 'a' },
      { type: 'notification_clear', notification_id: 'b', user_id: 'guest-2' },
      { type: 'notification_clear', data: { notification_id: 'c' } },
    ]);
    await client.settled();
    expect(client.ofType('notification_clear')).toHaveLength(1);
    expect(await notifications(await visitor(url))).toMatchObject([
      { notification: { id: 'a', read: true } },
    ]);
    publish({ type: 'notification_clear', clear_all: true });
    expect(await ids(await visitor(url))).toEqual([]);
  });

  it('a guest who is gone leaves nothing; a token shown later brings what is its own', async () => {
    const { url, publish } = await startGateway();
    const known = await visitor(`${url}?token=mine`);
    publish(notification('private', { user_id: await userId(known) }));
    const guest = await visitor(url);
    expect(await ids(guest)).toEqual([]);
    await guest.request({ type: 'auth', data: { token: 'mine' } });
    expect(await ids(guest)).toEqual(['private']);
  });
});

it('a flat notification gets an id and a priority, and its read state too', async () => {
  const { url, publish } = await startGateway();
  const client = await visitor(`${url}?token=mine`);
  publish({ type: 'notification', title: 'T', message: 'M', notification_type: 'news' });
  const [flat] = await notifications(client);
  expect(flat).toMatchObject({ title: 'T', priority: 'normal', id: expect.any(String) });
  client.send({ type: 'mark_notification_read', data: { notification_id: flat?.id } });
  await client.settled();
  const again = await visitor(`${url}?token=mine`);
  expect(await notifications(again)).toMatchObject([{ id: flat?.id, read: true, history: true }]);
});
