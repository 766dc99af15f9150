import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connect, postJson, startGateway, statusChange } from '../support/fixture.js';

/** The HTTP status with which an upgrade is refused, or 101. */
function upgradeStatus(url: string, origin?: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(
      url,
      'civic-engagement-v1',
      origin === undefined ? {} : { origin },
    );
    socket.on('error', () => {});
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
  });
}

describe('origins', () => {
  it.each([
    [undefined, 101],
    ['http://localhost:5173', 101],
    ['http://127.0.0.1:5173', 101],
    ['http://localhost:3000', 101],
    ['http://127.0.0.1:3000', 101],
    ['http://localhost:5174', 403],
    ['https://localhost:5173', 403],
    ['http://evil.example', 403],
    ['null', 403],
  ])('by default the origin %s gets %i', async (origin, status) => {
    const { url } = await startGateway();
    expect(await upgradeStatus(url, origin)).toBe(status);
  });

  it('--allow-origin replaces the default, and * allows every one', async () => {
    const named = await startGateway({ allowOrigins: ['https://civic.example'] });
    expect(await upgradeStatus(named.url, 'https://civic.example')).toBe(101);
    expect(await upgradeStatus(named.url, 'http://localhost:5173')).toBe(403);
    const open = await startGateway({ allowOrigins: ['*'] });
    expect(await upgradeStatus(open.url, 'http://evil.example')).toBe(101);
  });

  it('a foreign page cannot publish or read; an allowed one gets CORS headers', async () => {
    const { httpUrl, stats } = await startGateway();
    const foreign = await postJson(`${httpUrl}/publish`, statusChange(1, 'x'), {
      origin: 'http://evil.example',
    });
    expect(foreign.status).toBe(403);
    expect(stats()).toMatchObject({ published: 0, refused: { origin: 1 } });
    const own = await fetch(`${httpUrl}/bills`, { headers: { origin: 'http://localhost:5173' } });
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  });

  it('the WebSocket is at /ws only', async () => {
    const { url } = await startGateway();
    expect(await upgradeStatus(url.replace('/ws', '/other'))).toBe(404);
  });
});

describe('a required token', () => {
  const requireToken = 'correct horse battery staple';
  const query = `?token=${encodeURIComponent(requireToken)}`;

  it('in the query: the right one is in, a wrong one gets 401', async () => {
    const { url } = await startGateway({ requireToken });
    expect(await upgradeStatus(`${url}?token=wrong`)).toBe(401);
    const client = await connect(url + query);
    expect(await client.subscribe(1)).toMatchObject({ type: 'subscribe_confirmation' });
  });

  it('by message: nothing but ping is served before it', async () => {
    const { url } = await startGateway({ requireToken });
    const client = await connect(url);
    expect((await client.subscribe(1)).data.error).toMatch(/^subscribe needs a token first; /);
    expect(await client.request({ type: 'ping' })).toMatchObject({ type: 'pong' });
    const reply = await client.request({ type: 'auth', data: { token: requireToken } });
    expect(reply).toMatchObject({ type: 'auth_confirmation', data: { authenticated: true } });
    expect(await client.subscribe(1)).toMatchObject({ type: 'subscribe_confirmation' });
  });

  it('by message: a wrong one is an error and close 4001', async () => {
    const { url } = await startGateway({ requireToken });
    const client = await connect(url);
    const reply = await client.request({ type: 'auth', data: { token: 'wrong' } });
    expect(reply).toMatchObject({
      type: 'error',
      data: { error: 'auth: the token is not accepted', originalType: 'auth' },
    });
    expect(await client.closed).toEqual({ code: 4001, reason: 'token not accepted' });
  });

  it('who shows none in time is closed with 4001', async () => {
    const { url } = await startGateway({ requireToken, authTimeoutMs: 1 });
    const client = await connect(url);
    expect(await client.closed).toEqual({ code: 4001, reason: 'no token was shown in time' });
  });

  it('POST needs it as a bearer token', async () => {
    const { httpUrl } = await startGateway({ requireToken });
    expect((await postJson(`${httpUrl}/publish`, statusChange(1, 'x'))).status).toBe(401);
    const authorization = `Bearer ${requireToken}`;
    expect(
      (await postJson(`${httpUrl}/publish`, statusChange(1, 'x'), { authorization })).status,
    ).toBe(200);
  });

  it('is never written: not to the log, not to stats, not in an error', async () => {
    const gateway = await startGateway({ requireToken });
    const secrets = ['sesame-in-query', 'sesame-in-auth', 'sesame-in-broken-json'];
    await upgradeStatus(`${gateway.url}?token=${secrets[0]}`);
    const client = await connect(gateway.url);
    client.send(`{"type":"auth","data":{"token":"${secrets[2]}"`);
    client.send({ type: 'auth', data: { token: secrets[1] } });
    await client.closed;
    await connect(gateway.url + query);
    const written = [...gateway.logLines, JSON.stringify(gateway.stats())].join('\n');
    for (const secret of [...secrets, requireToken, encodeURIComponent(requireToken)]) {
      expect(written).not.toContain(secret);
    }
    expect(JSON.stringify(client.received)).not.toContain(secrets[1]);
    expect(gateway.logLines.join('\n')).toContain(
      'refused a connection: its token is not accepted',
    );
  });
});
