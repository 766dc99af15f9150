import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../web-demo/gateway/options/command-line.js';
import { resolveOptions } from '../../../web-demo/gateway/options/options.js';

const options = (line: string, environment: Record<string, string> = {}) =>
  resolveOptions(readCommandLine(line.split(' ').filter(Boolean), environment) ?? {});

describe('options', () => {
  it('have defaults', () => {
    expect(options('')).toMatchObject({
      host: '127.0.0.1',
      port: 3001,
      feed: 'synthetic',
      rate: 5,
      bills: 12,
      people: 24,
      seed: 1,
      speed: 30,
      historySize: 20,
      newcomerEvents: 100,
      streamEvents: 1000,
      streamBytes: 1024 * 1024,
      streamMemoryBytes: 128 * 1024 * 1024,
      dialect: 'v2',
      tokenLifetimeSeconds: 0,
      maximumConnections: 10_000,
      maximumInFlight: 64,
      bus: null,
      batchSize: 1,
      allowOrigins: ['http://localhost:5173', 'http://localhost:3000'],
      requireToken: null,
      loop: false,
      paused: false,
    });
  });

  it('are read from the command line', () => {
    const line =
      '--port 0 --host 0.0.0.0 --allow-origin https://a.example --allow-origin http://b.example:81 --require-token secret ' +
      '--heartbeat-interval 0 --history 0 --batch 50 --batch-interval 5 --buffer-limit 1000 --max-subscriptions 7 ' +
      '--newcomer-events 5 --stream-events 6 --stream-bytes 7000 --stream-memory 8000 --dialect v1 ' +
      '--token-lifetime 1.5 --max-connections 9 --max-in-flight 10 ' +
      '--log-file out.jsonl --log-level error --people 7 --billstatus a.xml folder --speed max --loop --wait-for-subscribers 43 --paused';
    expect(options(line)).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      allowOrigins: ['https://a.example', 'http://b.example:81'],
      requireToken: 'secret',
      heartbeatIntervalMs: 0,
      historySize: 0,
      batchSize: 50,
      batchIntervalMs: 5,
      bufferLimitBytes: 1000,
      maximumSubscriptions: 7,
      newcomerEvents: 5,
      streamEvents: 6,
      streamBytes: 7000,
      streamMemoryBytes: 8000,
      dialect: 'v1',
      tokenLifetimeSeconds: 1.5,
      maximumConnections: 9,
      maximumInFlight: 10,
      logFile: 'out.jsonl',
      logLevel: 'error',
      people: 7,
      feed: 'billstatus',
      billstatus: ['a.xml', 'folder'],
      speed: 'max',
      loop: true,
      waitForSubscribers: 43,
      paused: true,
    });
  });

  it('take port and token from the environment, the command line first', () => {
    const environment = { GATEWAY_PORT: '4000', GATEWAY_TOKEN: 'from environment' };
    expect(options('', environment)).toMatchObject({
      port: 4000,
      requireToken: 'from environment',
    });
    expect(options('--port 5000 --require-token other', environment)).toMatchObject({
      port: 5000,
      requireToken: 'other',
    });
  });

  it('--help names every option and says that simulated data is simulated', () => {
    let help = '';
    expect(readCommandLine(['--help'], {}, (text) => (help += text))).toBeNull();
    for (const option of [
      '--port',
      '--allow-origin',
      '--billstatus',
      '--wait-for-subscribers',
      '--log-file',
      '--people',
      '--dialect',
      '--token-lifetime',
      '--newcomer-events',
      '--stream-events',
      '--stream-bytes',
      '--stream-memory',
      '--max-connections',
      '--max-in-flight',
      'POST /rate',
    ]) {
      expect(help).toContain(option);
    }
    expect(help).toContain('simulated legislation');
    expect(help).toContain('simulated people');
  });
});

describe('a bad option is one sentence that names it, the value, and what is allowed', () => {
  it.each([
    ['--port http', '--port is http; allowed: a number'],
    ['--port 70000', '--port is 70000; allowed: a whole number from 0 to 65535'],
    ['--port 1.5', '--port is 1.5; allowed: a whole number from 0 to 65535'],
    ['--rate -5', '--rate is -5; allowed: a number from 0 to 1000000'],
    ['--bills 0', '--bills is 0; allowed: a whole number from 1 to 10000'],
    ['--people -1', '--people is -1; allowed: a whole number from 0 to 1000'],
    ['--seed x', '--seed is x; allowed: a number'],
    ['--batch 0', '--batch is 0; allowed: a whole number from 1 to 1000'],
    ['--speed 0', '--speed is 0; allowed: days per second above 0 and at most 100000, or max'],
    ['--log-level loud', '--log-level is loud; allowed: silent, error, info, debug'],
    ['--dialect v3', '--dialect is v3; allowed: v1, v2'],
    ['--token-lifetime -1', '--token-lifetime is -1; allowed: a number from 0 to 31536000'],
    ['--stream-events 0.5', '--stream-events is 0.5; allowed: a whole number from 0 to 1000000'],
    ['--max-connections 0', '--max-connections is 0; allowed: a whole number from 1 to 1000000'],
    ['--feed weather', '--feed is weather; allowed: synthetic, billstatus, none'],
    [
      '--feed billstatus',
      '--feed is billstatus but no file is given; allowed: --billstatus with at least one file or folder',
    ],
    [
      '--feed none --billstatus x',
      '--feed is none but --billstatus is given; allowed: one of the two',
    ],
    [
      '--allow-origin localhost',
      '--allow-origin is localhost; allowed: scheme, host and port such as http://localhost:5173, or * for every origin',
    ],
    [
      '--allow-origin http://a.example/path',
      '--allow-origin is http://a.example/path; allowed: scheme, host and port such as http://localhost:5173, or * for every origin',
    ],
    ['--colour', "unknown option '--colour'; allowed: what --help lists"],
    ['--port', "option '--port <number>' argument missing; allowed: what --help lists"],
    ['surplus', 'too many arguments. Expected 0 arguments but got 1.; allowed: what --help lists'],
  ])('%s', (line, message) => {
    expect(() => options(line)).toThrow(expect.objectContaining({ name: 'OptionError', message }));
  });

  it('in the environment', () => {
    const message = 'environment GATEWAY_PORT is web; allowed: a whole number from 0 to 65535';
    expect(() => options('', { GATEWAY_PORT: 'web' })).toThrow(message);
  });

  it('in createGateway', () => {
    expect(() => resolveOptions({ rates: 5 } as object)).toThrow(
      /^rates is not an option; allowed: host, port, /,
    );
  });
});
