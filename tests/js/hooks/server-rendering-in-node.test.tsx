// @vitest-environment node
/** A server is no browser without sockets but one with everything: Node 24 has WebSocket, workers and fetch. */

import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';

import {
  realTimeService,
  useBillTracking,
  useCommunityRealTime,
  useRealtimeEngagement,
  useWebSocket,
} from 'civic-realtime';

afterEach(() => {
  vi.unstubAllGlobals();
});

function Page() {
  const { isConnected, notifications } = useWebSocket({ autoConnect: true, token: 'a-token' });
  const { getBillUpdates } = useBillTracking();
  const { recentComments } = useCommunityRealTime();
  const { movers } = useRealtimeEngagement();
  const lists = [notifications, getBillUpdates(1), recentComments, movers];
  return <p>{[isConnected, ...lists.map(({ length }) => length)].join()}</p>;
}

it('opens, starts and loads nothing, also after what waits in microtasks', async () => {
  const used: string[] = [];
  for (const name of ['WebSocket', 'Worker', 'fetch', 'setTimeout', 'setInterval']) {
    vi.stubGlobal(name, function record() {
      used.push(name);
    });
  }
  const instantiate = vi.spyOn(WebAssembly, 'instantiate');
  expect(renderToString(<Page />)).toBe('<p>false,0,0,0,0</p>');
  for (let turn = 0; turn < 20; ++turn) await Promise.resolve();
  expect(used).toEqual([]);
  expect(instantiate).not.toHaveBeenCalled();
  expect(realTimeService.getConnectionState()).toBe('disconnected');
});
