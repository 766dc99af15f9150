// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import '../support/engine-files.js';
import { RealTimeService } from '../../../js/src/services/realtime-service.js';
import { createFakeServer, installFakeServer } from '../../../js/src/testing.js';

const amendment = { type: 'bill_update', bill_id: 1, update: { type: 'amendment', data: {} } };

describe('createFakeServer', () => {
  it('gives a service that is connected to it, on the real engine', async () => {
    const server = createFakeServer();
    expect(server.isConnected).toBe(false);
    await server.service.initialize('test-token');
    expect([server.isConnected, server.service.isConnected()]).toEqual([true, true]);
    const bills = server.service.getBillTrackingService();
    bills.subscribeToBill(1);
    expect(server.sent.at(-1)).toMatchObject({ type: 'subscribe', topic: 'bill:1' });
    server.deliver(amendment);
    expect(bills.getBillUpdates(1)).toHaveLength(1);
    await server.service.shutdown();
    expect(server.isConnected).toBe(false);
  });

  it('leaves time to the test', async () => {
    const server = createFakeServer({
      startMs: 1000,
      config: { websocket: { heartbeat: { interval: 500 } } },
    });
    await server.service.initialize();
    expect(server.now).toBe(1000);
    const pings = () => server.sent.filter(({ type }) => type === 'ping').length;
    expect(pings()).toBe(0);
    await server.advance(5000);
    expect(server.now).toBe(6000);
    expect(pings()).toBeGreaterThan(5);
    // Pings are answered, so the connection stays.
    expect(server.service.getConnectionState()).toBe('connected');
  });

  it('drops connections, which the engine gets back in its own time', async () => {
    const server = createFakeServer();
    await server.service.initialize();
    server.service.getBillTrackingService().subscribeToBill(1);
    server.dropConnection(1006);
    expect(server.service.getConnectionState()).toBe('reconnecting');
    expect(() => server.deliver(amendment)).toThrow('no connection');
    server.sent.length = 0;
    await server.advance(30_000);
    expect(server.service.getConnectionState()).toBe('connected');
    expect(server.sent).toContainEqual(
      expect.objectContaining({ type: 'subscribe', topic: 'bill:1' }),
    );
    server.dropConnection(4003, 'go away');
    expect(server.service.getConnectionState()).toBe('failed');
  });

  it('lets nobody in before it is opened, when told so', async () => {
    const server = createFakeServer({ acceptsConnections: false });
    expect(() => server.open()).toThrow('initialize');
    const connected = server.service.initialize();
    await Promise.resolve();
    expect(server.service.getConnectionState()).toBe('connecting');
    server.open();
    await connected;
    server.open();
    expect(server.service.isConnected()).toBe(true);
  });

  it('hands over one bundle a frame, when there are frames', async () => {
    const server = createFakeServer({ frameMs: 16 });
    await server.service.initialize();
    const bills = server.service.getBillTrackingService();
    bills.subscribeToBill(1);
    await server.advance(100);
    for (let count = 0; count < 3; ++count) server.deliver(amendment);
    expect(bills.getBillUpdates(1)).toHaveLength(1);
    await server.advance(15);
    expect(bills.getBillUpdates(1)).toHaveLength(1);
    await server.advance(1);
    expect(bills.getBillUpdates(1)).toHaveLength(3);
  });

  it('is malformed on demand, which is one error', async () => {
    const server = createFakeServer();
    const onError = vi.fn();
    server.service.setHandlers({ onError });
    await server.service.initialize();
    server.deliver('{"type":');
    await server.advance(0);
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'malformed-frame' }),
    );
  });

  it('asks for the token as a server does that wants it in a message', async () => {
    const server = createFakeServer({ config: { websocket: { auth: 'message' } } });
    await server.service.initialize('test-token');
    expect(server.sent[0]).toMatchObject({ type: 'auth', data: { token: 'test-token' } });
    expect(server.service.isConnected()).toBe(true);
  });

  it('tells a configuration that is not valid as any service does', async () => {
    const server = createFakeServer({ config: { websocket: { url: 'http://x' } } });
    await expect(server.service.initialize()).rejects.toThrow('websocket.url');
  });
});

describe('installFakeServer', () => {
  it('takes the place of a service’s engine until it is uninstalled', async () => {
    const own = vi.fn(() => {
      throw new Error('the engine of its own');
    });
    const service = new RealTimeService(
      { websocket: { security: { validateOrigin: false } } },
      { createEngine: own },
    );
    const server = installFakeServer(service);
    const handler = vi.fn();
    service.setHandlers({ onConnectionChange: handler });
    await service.initialize();
    await server.advance(0);
    expect(handler).toHaveBeenCalledExactlyOnceWith(true);
    expect(server.manager).toBe(service.manager);
    server.uninstall();
    expect(service.isConnected()).toBe(false);
    expect(() => service.getBillTrackingService()).not.toThrow('fake');
  });
});
