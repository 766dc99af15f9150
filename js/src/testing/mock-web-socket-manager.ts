import { engineConfigOf } from '../config/engine-config.js';
import { UnifiedWebSocketManager } from '../websocket/manager.js';
import type { EnginePool } from './engine-pool.js';
import { InProcessEngine } from './in-process-engine.js';
import { createSpy, type Spy } from './spy.js';

const spied = [
  'connect',
  'disconnect',
  'isConnected',
  'getConnectionState',
  'subscribe',
  'unsubscribe',
  'getSubscriptionCount',
  'send',
  'on',
  'off',
  'inject',
] as const satisfies readonly (keyof UnifiedWebSocketManager)[];

/** A manager whose methods are spies. */
export type MockWebSocketManager = UnifiedWebSocketManager & {
  [Name in (typeof spied)[number]]: Spy<UnifiedWebSocketManager[Name]>;
};

/** A real manager on a real engine of its own, without a network, with every public method spied on. */
export function mockManager(pool: EnginePool): MockWebSocketManager {
  const manager = new UnifiedWebSocketManager(
    { heartbeat: { enabled: false }, security: { validateOrigin: false }, host: 'page' },
    {
      createEngine: (config) => {
        const engine = new InProcessEngine(pool.take(), {
          config: () => JSON.stringify({ ...engineConfigOf(config), deflate: false }),
        });
        // There from the start, so that what is injected can be read without `connect`.
        void engine.start();
        return engine;
      },
    },
  );
  for (const name of spied) {
    const spy = createSpy<(...args: never[]) => unknown>(name, manager[name].bind(manager));
    Object.defineProperty(manager, name, { value: spy, writable: true });
  }
  return manager as MockWebSocketManager;
}
