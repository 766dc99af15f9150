import { EnginePool } from './testing/engine-pool.js';
import { mockManager, type MockWebSocketManager } from './testing/mock-web-socket-manager.js';
import type { UnifiedWebSocketManager } from './websocket/manager.js';

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
