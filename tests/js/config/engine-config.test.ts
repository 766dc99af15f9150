// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { engineConfigOf } from '../../../js/src/config/engine-config.js';
import { completeConfig } from '../../../js/src/config/get-config.js';
import { defaultRealTimeConfig } from '../../../js/src/config.js';

describe('engineConfigOf', () => {
  it('says what the engine needs to know', () => {
    expect(engineConfigOf(defaultRealTimeConfig)).toEqual({
      url: 'ws://localhost:3001/ws',
      protocols: ['civic-engagement-v1', 'civic-engagement-v2'],
      auth: 'query',
      tokenOnDemand: false,
      heartbeat: { enabled: true, intervalMs: 30000, timeoutMs: 5000 },
      reconnect: {
        enabled: true,
        maxAttempts: 5,
        delayMs: 2000,
        maxDelayMs: 30000,
        backoff: 'exponential',
      },
      maxMessageBytes: 1048576,
      maxFrameBytes: 16777216,
      cacheMaxBytes: 33554432,
      billUpdateLimit: 50,
      lingerMs: 2000,
    });
  });

  it('says what JSON cannot in other words', () => {
    const config = completeConfig({
      websocket: {
        getToken: () => 'x',
        reconnect: { maxAttempts: Infinity, delay: 60000 },
      },
    });
    const { tokenOnDemand, reconnect } = engineConfigOf(config);
    expect(tokenOnDemand).toBe(true);
    expect(reconnect).toMatchObject({ maxAttempts: -1, delayMs: 60000, maxDelayMs: 60000 });
    expect(JSON.parse(JSON.stringify(reconnect))).toEqual(reconnect);
  });
});
