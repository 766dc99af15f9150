import type { RealTimeService } from './services/realtime-service.js';
import { EnginePool } from './testing/engine-pool.js';
import { FakeServer, type FakeServerOptions } from './testing/fake-server.js';
import { mockManager, type MockWebSocketManager } from './testing/mock-web-socket-manager.js';
import type { UnifiedWebSocketManager } from './websocket/manager.js';

export type { FakeServer, FakeServerOptions } from './testing/fake-server.js';
export type { MockWebSocketManager } from './testing/mock-web-socket-manager.js';
export type { Spy, SpyRecord } from './testing/spy.js';

const pool = await EnginePool.fill();

/**
 * A manager for tests: the real one on the real engine in this process, without a network, so what a service is given
 * by `handleMessage` can be read at once. `connect` succeeds; nobody answers. Its methods are spies that `expect` of
 * Vitest and of Jest accept. Its type is the mock type of your framework where one is expected, such as
 * `Mocked<UnifiedWebSocketManager>`.
 */
export function createMockWebSocketManager<
  // Takes its value from where the result goes, so that no cast is needed there.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  Mock extends UnifiedWebSocketManager = MockWebSocketManager,
>(): Mock {
  return mockManager(pool) as UnifiedWebSocketManager as Mock;
}

/**
 * A server for tests with a service of its own, for `RealTimeProvider` or for direct use:
 *
 *     const server = createFakeServer();
 *     await server.service.initialize();
 *     act(() => server.deliver({ type: 'bill_update', bill_id: 1, update: { type: 'amendment', data: {} } }));
 *     await act(() => server.advance(3000));
 */
export function createFakeServer(options: FakeServerOptions = {}): FakeServer {
  return new FakeServer(pool, options, null);
}

/**
 * A server for tests that `service`, such as the page's `realTimeService`, connects to from now on. Install it before
 * the test uses the service: services and listeners that were got before belong to the engine it had. `uninstall` gives
 * that back.
 */
export function installFakeServer(
  service: RealTimeService,
  options: Omit<FakeServerOptions, 'config'> = {},
): FakeServer {
  return new FakeServer(pool, options, service);
}
