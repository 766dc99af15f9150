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
      deflate: false,
      maxMessageBytes: 1048576,
      maxFrameBytes: 16777216,
      cacheMaxBytes: 33554432,
      billUpdateLimit: 50,
      commentLimit: 100,
      voteLimit: 100,
      activityLimit: 20,
      notificationLimit: 100,
      typingTimeoutMs: 3000,
      presence: true,
      batching: { enabled: true, size: 10, intervalMs: 1000 },
      lingerMs: 2000,
      recording: { enabled: false, maxBytes: 524_288 },
    });
  });

  it.each([
    ['limits.notifications', { limits: { notifications: 7 } }, 7],
    ['notifications.maxQueueSize', { notifications: { maxQueueSize: 5 } }, 5],
    [
      'the first over the second',
      { limits: { notifications: 7 }, notifications: { maxQueueSize: 5 } },
      5,
    ],
    [
      'its default under the second',
      { limits: { notifications: 7 }, notifications: { maxQueueSize: 100 } },
      7,
    ],
  ])('keeps as many notifications as %s says', (_what, input, expected) => {
    expect(engineConfigOf(completeConfig(input)).notificationLimit).toBe(expected);
  });

  it('says what the community and batching are to do', () => {
    const config = completeConfig({
      websocket: { message: { batching: false, batchSize: 3, batchInterval: 20 } },
      community: { typingIndicatorTimeout: 900, enablePresence: false },
      limits: { comments: 1, votes: 2, activity: 3 },
    });
    expect(engineConfigOf(config)).toMatchObject({
      typingTimeoutMs: 900,
      presence: false,
      commentLimit: 1,
      voteLimit: 2,
      activityLimit: 3,
      batching: { enabled: false, size: 3, intervalMs: 20 },
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
