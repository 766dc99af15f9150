import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connect, postJson, startGateway, statusChange } from './support/fixture.js';

const script = fileURLToPath(new URL('../../web-demo/gateway/main.js', import.meta.url));

interface RunningProcess {
  /** Settles with standard output once it has a whole line. */
  firstLine: Promise<string>;
  ended: Promise<{ code: number | null; output: string; errors: string }>;
  kill: (signal: NodeJS.Signals) => void;
}

function run(options: string[]): RunningProcess {
  const child = spawn(process.execPath, [script, ...options], { env: { PATH: process.env.PATH } });
  let output = '';
  let errors = '';
  child.stderr.on('data', (data) => (errors += String(data)));
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (data) => {
      output += String(data);
      if (output.includes('\n')) resolve(output.slice(0, output.indexOf('\n')));
    });
  });
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }));
  });
  return { firstLine, ended, kill: (signal) => child.kill(signal) };
}

describe('stopping', () => {
  it('closes every connection with 1001 and a reason, and frees the port', async () => {
    const gateway = await startGateway();
    const [first, second] = [await connect(gateway.url), await connect(gateway.url)];
    await gateway.stop();
    const farewell = { code: 1001, reason: 'gateway is shutting down' };
    expect([await first.closed, await second.closed]).toEqual([farewell, farewell]);
    const again = await startGateway({ port: Number(new URL(gateway.httpUrl).port) });
    expect(again.url).toBe(gateway.url);
  });

  it('does not wait for a client that never answers', async () => {
    const gateway = await startGateway({ shutdownTimeoutMs: 1 });
    const client = await connect(gateway.url);
    client.socket.pause();
    await gateway.stop();
    expect(gateway.stats().connections).toBe(0);
  });
});

describe('liveness', () => {
  it('heartbeats are sent, and a client that answers pings stays', async () => {
    const { url, stats } = await startGateway({ heartbeatIntervalMs: 10 });
    const client = await connect(url);
    await client.until(() => client.ofType('heartbeat').length >= 5);
    expect(client.ofType('heartbeat')[0]).toEqual({
      type: 'heartbeat',
      timestamp: expect.any(String),
    });
    expect(stats()).toMatchObject({ connections: 1, deadConnections: 0 });
  });

  it('a gateway that was held up itself does not take that for silence of its clients', async () => {
    const { url, stats } = await startGateway({ heartbeatIntervalMs: 10 });
    const client = await connect(url);
    // The answer is on its way when everything stands still for longer than the interval.
    client.socket.on('ping', () => {
      const endMs = performance.now() + 30;
      while (performance.now() < endMs);
    });
    const closed = client.closed.then(({ code }) => `closed with ${code}`);
    const beats = client.until(() => client.ofType('heartbeat').length >= 5).then(() => 'alive');
    expect(await Promise.race([beats, closed])).toBe('alive');
    expect(stats().deadConnections).toBe(0);
  });

  it('a peer that shows no sign of life is cut off', async () => {
    const { url, stats } = await startGateway({ heartbeatIntervalMs: 10 });
    const client = await connect(url, { autoPong: false });
    expect(await client.closed).toMatchObject({ code: 1006 });
    await expect.poll(stats).toMatchObject({ connections: 0, deadConnections: 1 });
  });
});

describe('as a program', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one ready line, serves, and on %s says 1001 and ends with 0',
    async (signal) => {
      const gateway = run(['--port', '0', '--feed', 'none']);
      const line = await gateway.firstLine;
      const [, url = ''] =
        /^gateway ready: (ws:\/\/localhost:\d+\/ws) \(no feed: only what is published\)$/.exec(
          line,
        ) ?? [];
      const client = await connect(url);
      await client.subscribe(1);
      const published = await postJson(
        `${url.replace('ws:', 'http:').replace('/ws', '')}/publish`,
        statusChange(1, 'passed'),
      );
      expect(published.body).toEqual({ published: 1, deliveredTo: 1 });
      gateway.kill(signal);
      expect(await client.closed).toEqual({ code: 1001, reason: 'gateway is shutting down' });
      expect(await gateway.ended).toMatchObject({ code: 0, output: `${line}\n` });
    },
  );

  it('calls simulated data simulated in its ready line', async () => {
    const gateway = run(['--port', '0', '--log-level', 'silent']);
    expect(await gateway.firstLine).toMatch(
      / \(simulated data: 12 bills, 24 people, 5 messages a second, seed 1\)$/,
    );
    gateway.kill('SIGTERM');
    expect(await gateway.ended).toMatchObject({ code: 0, errors: '' });
  });

  it.each([
    [
      ['--speed', 'fast'],
      'gateway: --speed is fast; allowed: a number of days per second, or max\n',
    ],
    [
      ['--billstatus', '/nowhere'],
      'gateway: --billstatus is /nowhere, which does not exist; allowed: BILLSTATUS XML files, or folders with them\n',
    ],
  ])('%j ends with 1 and one sentence', async (options, errors) => {
    expect(await run(['--port', '0', ...options]).ended).toEqual({ code: 1, output: '', errors });
  });

  it('a port that is taken is one sentence', async () => {
    const { httpUrl } = await startGateway();
    const { port } = new URL(httpUrl);
    const { code, errors } = await run(['--port', port, '--feed', 'none']).ended;
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `gateway: --port is ${port}, which another program uses; allowed: a free port, or 0 to take any\n`,
    });
  });
});
