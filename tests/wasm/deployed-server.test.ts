// The package against a server that is deployed today, which knows nothing of what the package can do beyond bills.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineError } from '../../js/src/engine/engine-error.js';
import { RealTimeService } from '../../js/src/services/realtime-service.js';
import type { WebSocketConfigInput } from '../../js/src/types.js';
import { builtWasmUrl } from './support/built-engine.js';
import { NodeWebSocket } from './support/node-web-socket.js';
import { DeployedServer, type DeployedServerOptions } from './support/deployed-server.js';

vi.setConfig({ testTimeout: 30_000 });

let server: DeployedServer;
let service: RealTimeService;
/** Everything the `error` event told. */
let errors: EngineError[];

afterEach(async () => {
  await service.shutdown();
  await server.kill();
});

/** Starts a server and makes a service for it. */
async function start(
  websocket: WebSocketConfigInput = {},
  options: DeployedServerOptions = {},
): Promise<void> {
  server = new DeployedServer(options);
  await server.start();
  service = new RealTimeService(
    {
      websocket: {
        url: server.url,
        host: 'page',
        // A page may not offer subprotocols to a server that chooses none: its WebSocket would refuse the connection.
        protocols: [],
        reconnect: { maxAttempts: Infinity, delay: 1, maxDelay: 20, backoff: 'linear' },
        ...websocket,
      },
      subscriptions: { lingerMs: 0 },
    },
    {
      engine: { wasmUrl: builtWasmUrl, WebSocket: NodeWebSocket },
    },
  );
  errors = [];
  service.on('error', (error) => errors.push(error as EngineError));
}

const eventually = <Value>(read: () => Value): ReturnType<typeof expect.poll<Value>> =>
  expect.poll(read, { timeout: 10_000, interval: 5 });

/** Connects and follows these bills, until the server knows. */
async function follow(...bills: number[]): Promise<void> {
  const tracking = service.getBillTrackingService();
  for (const bill of bills) tracking.subscribeToBill(bill);
  await service.initialize();
  await eventually(() => server.followedBills).toEqual(bills);
}

const numbersOf = (bill: number): unknown[] =>
  service
    .getBillTrackingService()
    .getBillUpdates(bill)
    .map(({ data }) => data['n']);

const update = (bill: number, n: number): object => ({
  type: 'bill_update',
  bill_id: bill,
  update: { type: 'status_change', data: { n } },
  timestamp: '2026-01-02T03:04:05.000Z',
});

/** Resolves when the page has what the server answered to all that came before. */
async function settled(bill: number, n: number): Promise<void> {
  server.publish(bill, update(bill, n));
  await eventually(() => numbersOf(bill)).toContain(n);
}

/** A comment that may travel with others. */
const comment = (n: number): { type: string; data: object } => ({
  type: 'comment_update',
  data: { billId: 7, n },
});

const sendComments = (from: number, to: number): Promise<void>[] =>
  Array.from({ length: to - from + 1 }, (_, index) => service.manager.send(comment(from + index)));

/** The comments that came alone, which is all that this server looks at. */
const commentsAlone = (): unknown[] =>
  server.receivedOf('comment_update').map(({ data }) => data?.['n']);

const commentsInBatches = (): unknown[][] =>
  server.receivedOf('batch').map(({ messages = [] }) => messages.map(({ data }) => data?.['n']));

describe('bills', () => {
  it('are followed and shown, without a topic in any message', async () => {
    await start();
    await follow(7, 8);
    server.publish(7, update(7, 1));
    server.publish(8, { type: 'billUpdate', billId: '8', data: { n: 2 } });
    server.publish(7, {
      type: 'batched_updates',
      updates: [{ bill_id: 7, type: 'amendment', data: { n: 3 } }],
    });
    server.publish(7, {
      type: 'engagement_metrics',
      bill_id: 7,
      metrics: { view_count: 10, save_count: 2, comment_count: 3, share_count: 1 },
    });
    const tracking = service.getBillTrackingService();
    await eventually(() => tracking.getEngagementMetrics(7)).toMatchObject({
      bill_id: 7,
      viewCount: 10,
      shareCount: 1,
    });
    await eventually(() => numbersOf(8)).toEqual([2]);
    expect(tracking.getBillUpdates(7)).toEqual([
      {
        type: 'status_change',
        data: { billId: 7, n: 1 },
        timestamp: '2026-01-02T03:04:05.000Z',
      },
      expect.objectContaining({ type: 'amendment', data: { billId: 7, n: 3 } }),
    ]);
    expect(server.receivedOf('subscribe')).toMatchObject([
      { topic: 'bill:7', data: { bill_id: 7 } },
      { topic: 'bill:8', data: { bill_id: 8 } },
    ]);
    expect(errors).toEqual([]);
  });

  it('are followed no longer when nobody wants them', async () => {
    await start();
    await follow(7, 8);
    service.getBillTrackingService().unsubscribeFromBill(7);
    await eventually(() => server.followedBills).toEqual([8]);
    await settled(8, 1);
    expect(server.receivedOf('unsubscribe')).toMatchObject([{ data: { bill_id: 7 } }]);
    expect(errors).toEqual([]);
  });

  it('are subscribed again when the server was restarted', async () => {
    await start();
    await follow(7, 8);
    await settled(7, 1);
    await server.kill();
    await eventually(() => service.getConnectionState()).toBe('reconnecting');
    await server.start();
    await eventually(() => server.followedBills).toEqual([7, 8]);
    await settled(7, 2);
    expect(numbersOf(7)).toEqual([1, 2]);
    expect(server.receivedOf('subscribe')).toHaveLength(4);
    expect(service.isConnected()).toBe(true);
  });

  it('are shown by a server that chooses the first subprotocol of those offered', async () => {
    const protocols = ['civic-engagement-v1', 'civic-engagement-v2'];
    await start({ protocols }, { subprotocol: 'first' });
    await follow(7);
    await settled(7, 1);
    expect(errors).toEqual([]);
  });
});

describe('what the server does not know', () => {
  it('is told once for each, in clear text, and harms nothing', async () => {
    await start();
    await follow(7);
    const community = service.getCommunityService();
    // One after the other, because errors of one kind that meet in one bundle are told as one.
    community.subscribeToDiscussion(7);
    await eventually(() => errors).toHaveLength(1);
    community.subscribeToExpertUpdates();
    await eventually(() => errors).toHaveLength(2);
    community.sendTypingIndicator(7);
    await eventually(() => errors).toHaveLength(3);
    await settled(7, 1);
    expect(errors.map(({ code, message, context }) => ({ code, message, context }))).toEqual([
      {
        code: 'subscription-refused',
        message: 'The server refused a subscription. (discussion:7: bill_id is required)',
        context: { topic: 'discussion:7' },
      },
      {
        code: 'subscription-refused',
        message: 'The server refused a subscription. (expert:updates: bill_id is required)',
        context: { topic: 'expert:updates' },
      },
      {
        code: 'server-error',
        message: 'The server answered with an error. (Unknown message type: typing_start)',
        context: { originalType: 'typing_start' },
      },
    ]);
    expect(service.isConnected()).toBe(true);
    // What it sends of a discussion to those who follow the bill is shown nevertheless.
    server.publish(7, { type: 'comment_update', comment_id: 'a', bill_id: 7, data: { text: 'x' } });
    await eventually(() => community.getRecentComments()).toMatchObject([{ commentId: 'a' }]);
  });

  it('gets what was sent in a batch one by one, in order, and no batch again', async () => {
    await start({ message: { batching: true, batchSize: 4, batchInterval: 60_000 } });
    await follow(7);
    await Promise.all(sendComments(1, 5));
    await eventually(commentsAlone).toEqual([1, 2, 3, 4, 5]);
    expect(commentsInBatches()).toEqual([[2, 3, 4, 5]]);
    await Promise.all(sendComments(6, 9));
    await eventually(commentsAlone).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await settled(7, 1);
    expect(commentsInBatches()).toHaveLength(1);
    // It knows comments as little, but the batch itself is nobody's concern.
    expect(new Set(errors.map(({ context }) => context?.['originalType']))).toEqual(
      new Set(['comment_update']),
    );
    expect(service.getStats().counters.serverErrors).toBe(10);
  });

  it('gets what waited for the connection, and after a restart, all of it', async () => {
    await start({ message: { batching: true, batchSize: 3, batchInterval: 60_000 } });
    const early = sendComments(1, 4);
    await follow(7);
    await Promise.all(early);
    await eventually(commentsAlone).toEqual([1, 2, 3, 4]);
    await server.kill();
    await eventually(() => service.getConnectionState()).toBe('reconnecting');
    const late = sendComments(5, 8);
    await server.start();
    await Promise.all(late);
    await eventually(commentsAlone).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await eventually(() => server.followedBills).toEqual([7]);
    await settled(7, 1);
    expect(commentsAlone()).toHaveLength(8);
    expect(commentsInBatches()).not.toEqual([]);
    expect(errors.map(({ context }) => context?.['originalType'])).not.toContain('batch');
  });
});

describe('heartbeats', () => {
  it('are answered, and the connection stays', async () => {
    await start({ heartbeat: { enabled: true, interval: 10, timeout: 10_000 } });
    await follow(7);
    await eventually(() => server.receivedOf('ping').length).toBeGreaterThanOrEqual(3);
    await settled(7, 1);
    expect(server.receivedOf('subscribe')).toHaveLength(1);
    expect(new Set(server.receivedOf('ping').map(({ messageId }) => messageId)).size).toBe(
      server.receivedOf('ping').length,
    );
    expect(server.closeCodes).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('find a server that hangs, and everything goes on when it no longer does', async () => {
    await start({ heartbeat: { enabled: true, interval: 10, timeout: 500 } });
    await follow(7);
    server.hang();
    await eventually(() => server.closeCodes).toContain(4408);
    await eventually(() => errors.map(({ code }) => code)).toContain('heartbeat-timeout');
    server.goOn();
    await eventually(() => server.followedBills).toEqual([7]);
    await settled(7, 1);
    expect(service.isConnected()).toBe(true);
  });
});
