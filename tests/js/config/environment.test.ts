// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import { configOfVariables, currentEnvironment } from '../../../js/src/config/environment.js';
import { getRealTimeConfig, getWebSocketConfig } from '../../../js/src/config.js';
import { webSocketConfigIn } from '../../../js/src/config/get-config.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const noVariables = {};

describe('the environment', () => {
  it('changes nothing outside development and production', () => {
    const config = webSocketConfigIn({ mode: 'other', variables: noVariables });
    expect(config).toEqual({
      url: 'ws://localhost:3001/ws',
      protocols: ['civic-engagement-v1', 'civic-engagement-v2'],
      heartbeat: { enabled: true, interval: 30000, timeout: 5000 },
      reconnect: {
        enabled: true,
        maxAttempts: 5,
        delay: 2000,
        maxDelay: 30000,
        backoff: 'exponential',
      },
      message: { compression: false, batching: true, batchSize: 10, batchInterval: 1000 },
      security: {
        validateOrigin: true,
        allowedOrigins: [
          'http://localhost:3000',
          'http://localhost:5173',
          'https://civic-engagement.app',
        ],
        allowInsecureToken: false,
      },
      recording: { enabled: false, maxBytes: 524_288 },
      auth: 'query',
      host: 'worker',
    });
  });

  it('makes development patient with origins and quick to reconnect', () => {
    const config = webSocketConfigIn({ mode: 'development', variables: noVariables });
    expect(config.heartbeat).toEqual({ enabled: true, interval: 15000, timeout: 5000 });
    expect(config.reconnect.delay).toBe(1000);
    expect(config.security.validateOrigin).toBe(false);
  });

  it('makes production compressed and strict about origins', () => {
    const config = webSocketConfigIn({ mode: 'production', variables: noVariables });
    expect(config.url).toBe('wss://api.civic-engagement.app/ws');
    expect(config.message.compression).toBe(true);
    expect(config.security).toEqual({
      validateOrigin: true,
      allowedOrigins: ['https://civic-engagement.app'],
      allowInsecureToken: false,
    });
    const variables = { VITE_WS_URL: 'wss://example.org/ws', VITE_WS_COMPRESSION_ENABLED: 'false' };
    const custom = webSocketConfigIn({ mode: 'production', variables });
    expect([custom.url, custom.message.compression]).toEqual(['wss://example.org/ws', false]);
  });

  it.each([
    [
      'VITE_WS_URL',
      'wss://example.org/ws',
      (c: ReturnType<typeof read>) => c.url,
      'wss://example.org/ws',
    ],
    [
      'VITE_WS_HEARTBEAT_INTERVAL',
      '15000',
      (c: ReturnType<typeof read>) => c.heartbeat.interval,
      15000,
    ],
    [
      'VITE_WS_RECONNECT_ATTEMPTS',
      ' 7 ',
      (c: ReturnType<typeof read>) => c.reconnect.maxAttempts,
      7,
    ],
    [
      'VITE_WS_RECONNECT_ATTEMPTS',
      'Infinity',
      (c: ReturnType<typeof read>) => c.reconnect.maxAttempts,
      Infinity,
    ],
    ['VITE_WS_RECONNECT_DELAY', '50', (c: ReturnType<typeof read>) => c.reconnect.delay, 50],
    [
      'VITE_WS_COMPRESSION_ENABLED',
      'true',
      (c: ReturnType<typeof read>) => c.message.compression,
      true,
    ],
    [
      'VITE_WS_BATCHING_ENABLED',
      'false',
      (c: ReturnType<typeof read>) => c.message.batching,
      false,
    ],
    ['VITE_WS_BATCHING_ENABLED', '', (c: ReturnType<typeof read>) => c.message.batching, true],
  ])('reads %s=%s', (name, text, field, expected) => {
    vi.stubEnv(name, text);
    expect(field(read())).toBe(expected);
  });

  it.each([
    ['VITE_WS_URL', 'http://example.org/ws?token=secret', 'an absolute ws: or wss: address'],
    ['VITE_WS_URL', 'somewhere', 'an absolute ws: or wss: address'],
    ['VITE_WS_HEARTBEAT_INTERVAL', '30s', 'milliseconds from 1'],
    ['VITE_WS_HEARTBEAT_INTERVAL', '0', 'milliseconds from 1'],
    ['VITE_WS_RECONNECT_ATTEMPTS', '-1', 'from 0 to 1000000, or Infinity'],
    ['VITE_WS_RECONNECT_DELAY', '1e3', 'milliseconds from 1'],
    ['VITE_WS_COMPRESSION_ENABLED', 'yes', 'true or false'],
    ['VITE_WS_BATCHING_ENABLED', '1', 'true or false'],
  ])('refuses %s=%s by one error that names it', (name, text, allowed) => {
    vi.stubEnv(name, text);
    expect(read).toThrow(name);
    expect(read).toThrow(allowed);
    expect(read).not.toThrow('secret');
  });

  it('names every malformed variable at once', () => {
    const variables = { VITE_WS_URL: 'no', VITE_WS_RECONNECT_DELAY: 'no' };
    expect(() => configOfVariables(variables)).toThrow(/VITE_WS_URL.*\n.*VITE_WS_RECONNECT_DELAY/);
  });

  it('takes the mode from the bundler, or else from the process', () => {
    const modes = [
      ['development', 'test', 'development'],
      ['staging', 'production', 'production'],
      ['test', 'test', 'other'],
    ];
    for (const [mode, nodeEnv, expected] of modes) {
      vi.stubEnv('MODE', mode as string);
      vi.stubEnv('NODE_ENV', nodeEnv as string);
      expect(currentEnvironment().mode).toBe(expected);
    }
  });

  it('is read anew by every call, whose result belongs to the caller', () => {
    const config = getRealTimeConfig();
    config.websocket.heartbeat.interval = 1;
    expect(getRealTimeConfig().websocket.heartbeat.interval).not.toBe(1);
  });
});

function read(): ReturnType<typeof getWebSocketConfig> {
  return getWebSocketConfig();
}
