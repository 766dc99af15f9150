// The package as it is built, over a real socket, against the reference gateway: what dialect v2 promises.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RealTimeService } from '../../js/src/services/realtime-service.js';
import type { WebSocketConfigInput } from '../../js/src/types.js';
import { createGateway, type Gateway } from '../../web-demo/gateway/gateway.js';
import { builtWasmUrl } from './support/built-engine.js';
import { NodeWebSocket } from './support/node-web-socket.js';

vi.setConfig({ testTimeout: 30_000 });

let gateway: Gateway;
const services: RealTimeService[] = [];

afterEach(async () => {
  for (const service of services.splice(0)) await service.shutdown();
  await gateway.stop();
});

async function startGateway(): Promise<string> {
  gateway = createGateway({ port: 0, feed: 'none', logLevel: 'silent' });
  const { port } = await gateway.start();
  return `ws://127.0.0.1:${String(port)}/ws`;
}

async function connect(
  url: string,
  websocket: WebSocketConfigInput = {},
): Promise<RealTimeService> {
  const service = new RealTimeService(
    { websocket: { url, host: 'page', ...websocket } },
    { engine: { wasmUrl: builtWasmUrl, WebSocket: NodeWebSocket } },
  );
  services.push(service);
  await service.initialize();
  return service;
}

const eventually = <Value>(read: () => Value): ReturnType<typeof expect.poll<Value>> =>
  expect.poll(read, { timeout: 10_000, interval: 5 });

it('a subscribed topic is ordered exactly, and says so', async () => {
  const service = await connect(await startGateway());
  const bills = service.getBillTrackingService();
  bills.subscribeToBill(1);
  await eventually(() => service.getStats().delivery).toEqual({ 'bill:1': 'exactly-ordered' });
  for (let n = 0; n < 40; ++n)
    gateway.publish({
      type: 'bill_update',
      bill_id: 1,
      update: { type: 'amendment', data: { n } },
    });
  await eventually(() => bills.getBillUpdates(1).map(({ data }) => data['n'])).toEqual(
    Array.from({ length: 40 }, (_, n) => n),
  );
});

describe('messages that were agreed to be compressed', () => {
  /** What deflates well, in several scripts; numbered, so that none is like another. */
  const longText = (n: number): string =>
    `${String(n)} ${'Die Beratung über 法案 №5. '.repeat(100)}`;
  const texts = Array.from({ length: 12 }, (_, n) =>
    n % 3 === 0 ? `short ${String(n)}` : longText(n),
  );

  it('arrive as they were and in their order, long among short, with fewer bytes both ways', async () => {
    const url = await startGateway();
    const compressed = { message: { compression: true, batching: false } };
    const writer = await connect(url, compressed);
    const reader = await connect(url, compressed);
    const community = reader.getCommunityService();
    community.subscribeToDiscussion(1);
    await eventually(() => reader.getStats().delivery).toEqual({
      'discussion:1': 'exactly-ordered',
    });

    await Promise.all(
      texts.map((text) => writer.getCommunityService().sendCommentUpdate(1, { text })),
    );
    /** Which of them, so that a failure is short to read. */
    const arrived = (): number[] =>
      community.getRecentComments(20, 1).map(({ data }) => texts.indexOf(data['text'] as string));
    await eventually(arrived).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);

    const { state, sent } = writer.getStats().compression;
    expect(state).toBe('on');
    expect(sent.frames).toBe(8);
    expect(sent.wireBytes).toBeLessThan(sent.textBytes / 5);
    const { received } = reader.getStats().compression;
    expect(received.frames).toBe(8);
    expect(received.wireBytes).toBeLessThan(received.textBytes / 5);
    expect(gateway.stats().deflate).toMatchObject({ receivedBytes: sent.wireBytes });
  });

  it('are sent as they are when this side did not offer it, and the reason is told', async () => {
    const service = await connect(await startGateway(), { message: { compression: false } });
    await service.getCommunityService().sendCommentUpdate(1, { text: longText(1) });
    expect(service.getStats().compression).toEqual({
      state: 'off',
      reason: 'message.compression is false.',
      sent: { frames: 0, wireBytes: 0, textBytes: 0 },
      received: { frames: 0, wireBytes: 0, textBytes: 0 },
    });
  });
});
