// @vitest-environment jsdom
// The fake server in dialect v2, and with it what the page promises: nothing lost, nothing twice, nothing secret told.
import { act, cleanup, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import '../support/engine-files.js';
import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import { useBillTracking } from '../../../js/src/hooks/use-bill-tracking.js';
import { createFakeServer, type FakeServerOptions } from '../../../js/src/testing.js';
import type { FakeServer } from '../../../js/src/testing.js';
import type { Gap } from '../../../js/src/types.js';

const update = (n: number, bill = 1) => ({
  type: 'bill_update',
  bill_id: bill,
  update: { type: 'status_change', data: { n } },
});

const servers: FakeServer[] = [];

function v2(options: FakeServerOptions = {}): FakeServer {
  const server = createFakeServer({ dialect: 'v2', ...options });
  servers.push(server);
  return server;
}

afterEach(async () => {
  cleanup();
  for (const server of servers.splice(0)) await server.service.shutdown();
});

async function following(options: FakeServerOptions = {}) {
  const server = v2(options);
  const gaps: Gap[] = [];
  server.service.on('gap', (gap) => gaps.push(gap));
  await server.service.initialize();
  const bills = server.service.getBillTrackingService();
  bills.subscribeToBill(1);
  await server.advance(0);
  const numbers = () => bills.getBillUpdates(1).map(({ data }) => data['n']);
  return { server, gaps, numbers, stats: () => server.service.getStats() };
}

describe('a component', () => {
  function Updates() {
    const { subscribeToBill, getBillUpdates } = useBillTracking();
    useEffect(() => {
      subscribeToBill(1);
    }, [subscribeToBill]);
    const numbers = getBillUpdates(1).map(({ data }) => data['n']);
    return <p>{numbers.join(' ')}</p>;
  }

  it('shows everything once and in order after its connection was lost', async () => {
    const server = v2();
    render(
      <RealTimeProvider service={server.service}>
        <Updates />
      </RealTimeProvider>,
    );
    await act(() => server.advance(0));
    await act(() => server.advance(100));
    act(() => {
      server.deliver(update(1));
      server.dropConnection();
      server.deliver(update(2));
      server.deliver(update(3));
    });
    expect(screen.getByText('1')).toBeTruthy();
    await act(() => server.advance(30_000));
    act(() => {
      server.deliver(update(4));
    });
    expect(screen.getByText('1 2 3 4')).toBeTruthy();
  });
});

describe('a topic', () => {
  it('is exactly-ordered, and goes on from where it stood', async () => {
    const { server, gaps, numbers, stats } = await following();
    expect(stats().delivery).toEqual({ 'bill:1': 'exactly-ordered' });
    server.deliver(update(1));
    server.dropConnection();
    server.deliver(update(2));
    await server.advance(30_000);
    expect([numbers(), gaps]).toEqual([[1, 2], []]);
    expect(stats().streams).toMatchObject({ resumed: 1, gaps: 0 });
  });

  it('tells what is lost when the server has forgotten it, or kept too little', async () => {
    const { server, gaps, numbers } = await following({ streamLength: 2 });
    server.deliver(update(1));
    server.dropConnection();
    for (let n = 2; n <= 6; ++n) server.deliver(update(n));
    await server.advance(30_000);
    expect(numbers()).toEqual([1, 5, 6]);
    expect(gaps).toEqual([{ topic: 'bill:1', epoch: 'epoch-1', from: 2, to: 4, recovered: false }]);
    server.dropConnection();
    server.loseHistory();
    server.deliver(update(7));
    await server.advance(30_000);
    expect(gaps[1]).toEqual({
      topic: 'bill:1',
      epoch: 'epoch-2',
      from: 7,
      to: null,
      recovered: false,
    });
    expect(numbers()).toEqual([1, 5, 6, 7]);
  });

  it('is filled when one message was missing, and told so', async () => {
    const { server, gaps, numbers, stats } = await following();
    server.deliver(update(1));
    // It reaches everybody but this page.
    const lost = vi.spyOn(Reflect.get(server, 'socket') as { receive(): void }, 'receive');
    lost.mockImplementationOnce(() => undefined);
    server.deliver(update(2));
    server.deliver(update(3));
    await server.advance(1000);
    expect(numbers()).toEqual([1, 2, 3]);
    expect(gaps).toMatchObject([{ from: 2, to: 2, recovered: true }]);
    expect(stats().streams).toMatchObject({ gaps: 1, recovered: 1 });
    server.deliver({ ...update(3), topic: 'bill:1', epoch: 'epoch-1', seq: 3 });
    // Counts come along with news.
    server.deliver(update(4));
    expect([numbers().length, stats().streams.duplicatesDropped]).toEqual([4, 1]);
  });

  it('is best-effort with a server of dialect v1', async () => {
    const { stats } = await following({ dialect: 'v1' });
    expect(stats().delivery).toEqual({ 'bill:1': 'best-effort' });
  });

  it('is best-effort when the page does not offer v2', async () => {
    const websocket = { protocols: ['civic-engagement-v1'] };
    const { stats } = await following({ config: { websocket } });
    expect(stats()).toMatchObject({ isConnected: true, delivery: { 'bill:1': 'best-effort' } });
  });
});

describe('a message', () => {
  it('resolves when it is acknowledged, and takes effect once though it is sent again', async () => {
    const { server, stats } = await following({ acknowledges: false });
    const community = server.service.getCommunityService();
    let isDone = false;
    const sent = community.sendCommentUpdate(1, { text: 'Hello' }).then(() => (isDone = true));
    server.deliver(update(1));
    expect([isDone, stats().sending.outbox.messages]).toEqual([false, 1]);
    server.dropConnection();
    await server.advance(30_000);
    const comments = server.sent.filter(({ type }) => type === 'comment_update');
    expect(comments.length).toBeGreaterThan(1);
    expect(new Set(comments.map(({ messageId }) => messageId)).size).toBe(1);
    server.deliver({ type: 'ack', messageId: comments[0]?.messageId });
    await sent;
    expect(stats().sending).toMatchObject({ acknowledged: 1, outbox: { messages: 0, bytes: 0 } });
    expect(stats().sending.resent).toBe(comments.length - 1);
  });

  it('is applied by the fake server, once', async () => {
    const { server } = await following();
    await server.service.getCommunityService().sendVoteUpdate(1, { vote_type: 'support' });
    expect(server.applied).toMatchObject([{ type: 'vote_update', data: { billId: 1 } }]);
  });

  it.each<[string, (server: FakeServer, messageId: unknown) => unknown]>([
    [
      'message-rejected',
      (server, messageId) =>
        server.deliver({ type: 'error', messageId, data: { error: 'Comments are closed.' } }),
    ],
    ['message-expired', (server) => server.advance(5000)],
    ['not-connected', (server) => server.manager.disconnect()],
    ['engine-stopped', (server) => server.service.shutdown()],
  ])('always settles: %s', async (code, act) => {
    const { server } = await following({ acknowledges: false });
    const sent = server.manager.send({ type: 'vote_update', data: {} }, { expiresInMs: 5000 });
    await server.advance(100);
    const vote = server.sent.find(({ type }) => type === 'vote_update');
    await act(server, vote?.['messageId']);
    const codes = code === 'engine-stopped' ? ['engine-stopped', 'not-connected'] : [code];
    await expect(sent).rejects.toSatisfy((error: { code: string }) => codes.includes(error.code));
  });

  it('gives way to a newer one of the same key, or to one that is more wanted', async () => {
    const server = v2({ acceptsConnections: false });
    void server.service.initialize();
    await server.advance(0);
    const send = (n: number, options: object) => server.manager.send({ type: 'x', n }, options);
    /** The page is told with the next frame. */
    const refused = async (message: Promise<void>, code: string): Promise<void> => {
      const reason = expect(message).rejects.toMatchObject({ code });
      await server.advance(20);
      await reason;
    };
    const older = send(1, { key: 'vote' });
    const newer = send(2, { key: 'vote' });
    await refused(older, 'message-superseded');
    const droppable = send(3, { whenFull: 'dropOldest' });
    for (let n = 4; n < 258; ++n) void send(n, {});
    await refused(send(999, {}), 'outbox-full');
    const last = send(1000, { whenFull: 'dropOldest' });
    await refused(droppable, 'outbox-full');
    server.open();
    await server.advance(10_000);
    await Promise.all([newer, last]);
    expect(server.applied.map((message) => message['n'])).toContain(1000);
    expect(server.applied).toHaveLength(256);
  });
});

describe('a token', () => {
  const day = 86_400_000;

  it('is renewed on the connection; a getToken that fails or hangs costs nothing but another try', async () => {
    const hanging = new Promise<string>(() => undefined);
    const answers: (() => Promise<string> | string)[] = [
      () => 'first-token',
      () => Promise.reject(new Error('no session')),
      () => {
        throw new Error('offline');
      },
      () => hanging,
      () => 'second-token',
    ];
    const getToken = vi.fn(() => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? '');
    const server = v2({
      tokenExpiresInMs: 10 * 60_000,
      config: { websocket: { getToken, auth: 'message' } },
    });
    const errors: Error[] = [];
    server.service.on('error', (error) => errors.push(error));
    await server.service.initialize();
    expect(server.sent[0]).toMatchObject({ type: 'hello', data: { token: 'first-token' } });
    await server.advance(12 * 60_000);
    const renewals = server.sent.filter(({ type }) => type === 'auth');
    expect(renewals[0]).toMatchObject({ data: { token: 'second-token' } });
    expect(server.service.getStats()).toMatchObject({ isConnected: true, reconnectAttempts: 0 });
    expect(server.sent.filter(({ type }) => type === 'hello')).toHaveLength(1);
    expect(errors).toMatchObject([{ code: 'token-unavailable' }, { code: 'token-unavailable' }]);
    await server.advance(day / 24);
    expect(server.service.isConnected()).toBe(true);
  });

  it('shows in nothing that is told, counted or thrown, whatever server and network say of it', async () => {
    const tokens = ['first.secret-token+/=', 'second.secret-token+/=', 'third.secret-token+/='];
    const given = [...tokens];
    const getToken = () => Promise.resolve(given.shift() ?? 'third.secret-token+/=');
    const log = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    const server = v2({ config: { websocket: { getToken } }, tokenExpiresInMs: 120_000 });
    const told: unknown[] = [];
    const { service, manager } = server;
    service.on('error', (error) => told.push(error, String(error), { ...error }));
    manager.on('stateChange', (...states) => told.push(states, manager.connectionSnapshot));
    service.on('gap', (gap) => told.push(gap));
    const note = () => told.push(service.getStats(), manager.connectionSnapshot);
    await service.initialize();
    service.getBillTrackingService().subscribeToBill(1);
    await server.advance(100);
    const forms = (token: string) => [
      token,
      encodeURIComponent(token),
      Buffer.from(token).toString('base64url'),
    ];
    for (const form of forms(tokens[0] ?? '')) {
      server.deliver({ type: 'error', data: { error: `token ${form} is odd` } });
      server.deliver(`{"token":"${form}"`);
      note();
    }
    const refused = manager.send({ type: 'vote_update', data: {} });
    await server.advance(0);
    server.dropConnection(4001, `expired: ${tokens[0] ?? ''}`);
    note();
    await server.advance(60_000);
    await refused.catch((error: unknown) => told.push(error, String(error)));
    await server.advance(180_000);
    note();
    server.dropConnection(4003, `?token=${encodeURIComponent(tokens[2] ?? '')}`);
    await server.advance(0);
    note();
    told.push(log.map((spy) => spy.mock.calls));
    for (const spy of log) spy.mockRestore();
    const text = JSON.stringify(told);
    expect(text).toContain('[token]');
    expect(text).toContain('connection-refused');
    for (const form of ['secret-token', ...tokens.flatMap(forms)]) expect(text).not.toContain(form);
  });
});
