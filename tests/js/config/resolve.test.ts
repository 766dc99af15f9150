// @vitest-environment node
import { describe, expect, it } from 'vitest';

import {
  ConfigurationError,
  defaultRealTimeConfig,
  defaultWebSocketConfig,
  getRealTimeConfig,
} from '../../../js/src/config.js';
import { completeConfig } from '../../../js/src/config/get-config.js';
import type { RealTimeConfigInput } from '../../../js/src/types.js';

describe('a custom configuration', () => {
  it('may leave out whatever it likes', () => {
    const config = completeConfig({
      websocket: { heartbeat: { interval: 15000 } },
      cache: { maxBytes: 1 << 20 },
    });
    expect(config.websocket.heartbeat).toEqual({ enabled: true, interval: 15000, timeout: 5000 });
    expect(config.cache.maxBytes).toBe(1 << 20);
    expect(config.limits).toEqual(defaultRealTimeConfig.limits);
  });

  it('may be the one of the specification', () => {
    const customConfig = {
      ...getRealTimeConfig(),
      websocket: {
        ...getRealTimeConfig().websocket,
        heartbeat: { enabled: true, interval: 15000, timeout: 5000 },
        reconnect: { enabled: true, maxAttempts: 10, delay: 1000, backoff: 'exponential' },
      },
    };
    const config = completeConfig(customConfig);
    expect(config.websocket.reconnect).toEqual({
      enabled: true,
      maxAttempts: 10,
      delay: 1000,
      maxDelay: 30000,
      backoff: 'exponential',
    });
  });

  it('does not change with the lists it was made from', () => {
    const protocols = ['a'];
    const config = completeConfig({ websocket: { protocols } });
    protocols.push('b');
    expect(config.websocket.protocols).toEqual(['a']);
  });

  it.each<[field: string, value: string, allowed: string, input: unknown]>([
    ['websocket.url', '"ftp://x/"', 'ws: or wss:', { websocket: { url: 'ftp://x/' } }],
    ['websocket.url', '"ws://x/?…"', 'without a fragment', { websocket: { url: 'ws://x/#a' } }],
    ['websocket.url', '5', 'ws: or wss:', { websocket: { url: 5 } }],
    ['websocket.protocols', '["a", "a"]', 'different', { websocket: { protocols: ['a', 'a'] } }],
    ['websocket.protocols', '["a b"]', 'without spaces', { websocket: { protocols: ['a b'] } }],
    [
      'websocket.heartbeat.interval',
      '-1',
      'from 1 to',
      { websocket: { heartbeat: { interval: -1 } } },
    ],
    [
      'websocket.heartbeat.timeout',
      'NaN',
      'from 1 to',
      { websocket: { heartbeat: { timeout: NaN } } },
    ],
    ['websocket.heartbeat', 'true', 'an object', { websocket: { heartbeat: true } }],
    [
      'websocket.reconnect.maxAttempts',
      '1.5',
      'Infinity',
      { websocket: { reconnect: { maxAttempts: 1.5 } } },
    ],
    [
      'websocket.reconnect.backoff',
      '"none"',
      "'exponential' or 'linear'",
      { websocket: { reconnect: { backoff: 'none' } } },
    ],
    [
      'websocket.auth',
      '"header"',
      "'query' or 'message' or 'subprotocol'",
      { websocket: { auth: 'header' } },
    ],
    ['websocket.host', '"shared"', "'worker' or 'page'", { websocket: { host: 'shared' } }],
    ['websocket.getToken', '"abc"', 'a function', { websocket: { getToken: 'abc' } }],
    [
      'websocket.security.allowedOrigins',
      '["example.org"]',
      'origins',
      { websocket: { security: { allowedOrigins: ['example.org'] } } },
    ],
    ['cache.maxBytes', '0', 'from 65536', { cache: { maxBytes: 0 } }],
    ['limits.billUpdates', 'Infinity', 'from 1 to', { limits: { billUpdates: Infinity } }],
    ['subscriptions.lingerMs', '"2s"', 'milliseconds', { subscriptions: { lingerMs: '2s' } }],
    ['logging.level', '"verbose"', "'silent' or 'error'", { logging: { level: 'verbose' } }],
    ['logging.logger', 'an object', 'such as console', { logging: { logger: {} as never } }],
    [
      'websocket.heartbeat.intervall',
      'not a known field',
      'enabled, interval, timeout',
      { websocket: { heartbeat: { intervall: 1 } } },
    ],
    ['websockets', 'not a known field', 'websocket, bills', { websockets: {} }],
    ['__proto__', 'not a known field', 'websocket', JSON.parse('{"__proto__": {}}')],
    ['The configuration', 'null', 'an object', null],
  ])('names %s, the value %s and what is allowed', (field, value, allowed, input) => {
    let error: unknown;
    try {
      completeConfig(input as RealTimeConfigInput);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigurationError);
    const { problems, message, code } = error as ConfigurationError;
    expect(code).toBe('invalid-config');
    expect(problems).toHaveLength(1);
    expect(message).toContain(`${field} is ${value}; allowed: `);
    expect(problems[0]?.allowed).toContain(allowed);
  });

  it('is told of everything that is wrong at once', () => {
    const input = { cache: { maxBytes: -1 }, limits: { comments: 0 } };
    expect(() => completeConfig(input)).toThrow(/limits\.comments is 0.*\ncache\.maxBytes is -1/);
  });

  it('leaves the defaults as they are', () => {
    expect(() => {
      (defaultWebSocketConfig.heartbeat as { interval: number }).interval = 1;
    }).toThrow(TypeError);
  });

  it('has the documented defaults', () => {
    const { websocket: _websocket, ...others } = defaultRealTimeConfig;
    expect(others).toEqual({
      bills: {
        autoReconnect: true,
        maxReconnectAttempts: 5,
        reconnectDelay: 2000,
        heartbeatInterval: 30000,
        batchUpdateInterval: 1000,
        maxBatchSize: 50,
      },
      community: {
        typingIndicatorTimeout: 3000,
        maxConcurrentSubscriptions: 20,
        enablePresence: true,
      },
      notifications: { maxQueueSize: 100, persistOffline: true, enablePush: false },
      limits: { billUpdates: 50, comments: 100, votes: 100, notifications: 100, activity: 20 },
      cache: { maxBytes: 33554432 },
      subscriptions: { lingerMs: 2000 },
      logging: { level: 'silent' },
      performance: { measure: false },
    });
  });
});
