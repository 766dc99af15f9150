/** Tokens whose time is over: refused when they are shown, and the end of connections that rely on them. */

import { describe, expect, it } from 'vitest';
import { connect, greet, postJson, startGateway, statusChange } from '../support/fixture.js';
import type { TestClient } from '../support/test-client.js';
import { VirtualClock } from '../support/virtual-clock.js';

const V2 = { protocols: ['civic-engagement-v2'] };
const bearer = (token: string): string => `bearer.${Buffer.from(token).toString('base64url')}`;

/** A token that states its end, relative to the clock. */
const until = (clock: VirtualClock, seconds: number, name = 'alice'): string =>
  `${name}~exp=${clock.now() / 1000 + seconds}`;

const expired = { code: 4001, reason: 'token expired' };
const refused = { code: 4001, reason: 'token not accepted' };

describe('in dialect v2 a token that is required', () => {
  const requireToken = 'sesame';

  it.each<[how: string, show: (url: string) => Promise<TestClient>]>([
    ['the query', (url) => greet(`${url}?token=sesame`)],
    ['a subprotocol', (url) => greet(url, {}, { protocols: [...V2.protocols, bearer('sesame')] })],
    ['hello', (url) => greet(url, { token: 'sesame' })],
  ])('is shown in %s', async (_how, show) => {
    const { url } = await startGateway({ requireToken });
    const client = await show(url);
    expect(client.ofType('welcome')).toHaveLength(1);
  });

  it.each<[how: string, query: string, protocol: string | null, data: object | null]>([
    ['the query', '?token=wrong', null, null],
    ['a subprotocol', '', bearer('wrong'), null],
    ['hello', '', null, { token: 'wrong' }],
    ['nothing', '', null, {}],
  ])(
    'and is wrong in %s, closes with 4001, which a page can see',
    async (_how, query, protocol, data) => {
      const { url, stats } = await startGateway({ requireToken });
      const protocols = protocol === null ? V2.protocols : [...V2.protocols, protocol];
      const client = await connect(url + query, { protocols });
      if (data !== null)
        client.send({ type: 'hello', messageId: 'h', data: { client: 'e', ...data } });
      expect(await client.closed).toEqual(refused);
      expect(stats().refused.token).toBe(1);
      expect(JSON.stringify(client.received)).not.toContain('wrong');
    },
  );

  it('is refused with what is said: nothing that came with hello has an effect', async () => {
    const { url, stats } = await startGateway({ requireToken });
    const client = await connect(url, V2);
    client.send({ type: 'hello', messageId: 'h', data: { client: 'e', token: 'wrong' } });
    client.send({ type: 'vote_update', messageId: 'm', data: { billId: 1, voteType: 'support' } });
    await client.closed;
    expect(client.received).toMatchObject([
      {
        type: 'error',
        messageId: 'h',
        data: { error: 'hello: the token is not accepted', code: 'unauthorized' },
      },
    ]);
    expect(stats().published).toBe(0);
  });

  it('may be one that states its end', async () => {
    const clock = new VirtualClock();
    const { url } = await startGateway({ requireToken, clock });
    const client = await greet(url, { token: until(clock, 60, 'sesame') });
    expect(client.ofType('welcome')[0]?.data.tokenExpiresInMs).toBe(60_000);
  });
});

describe('a token with an end', () => {
  it('closes the connection when its time is over', async () => {
    const clock = new VirtualClock();
    const { url, stats } = await startGateway({ clock });
    const client = await greet(`${url}?token=${until(clock, 60)}`);
    expect(client.ofType('welcome')[0]?.data.tokenExpiresInMs).toBe(60_000);
    await clock.advance(59_999);
    await client.settled();
    await clock.advance(1);
    expect(await client.closed).toEqual(expired);
    expect(stats().expiredTokens).toBe(1);
  });

  it('is renewed in band, and the connection stays', async () => {
    const clock = new VirtualClock();
    const gateway = await startGateway({ clock });
    const client = await greet(`${gateway.url}?token=${until(clock, 60)}`);
    await client.follow('bill:1');
    await clock.advance(50_000);
    const answer = await client.request({ type: 'auth', data: { token: until(clock, 120) } });
    expect(answer).toMatchObject({
      type: 'auth_confirmation',
      data: { authenticated: true, tokenExpiresInMs: 120_000 },
    });
    await clock.advance(60_000);
    gateway.publish(statusChange(1, 'x'));
    await client.find(({ topic }) => topic === 'bill:1');
    await clock.advance(60_000);
    expect(await client.closed).toEqual(expired);
  });

  it('that is over is refused wherever it is shown', async () => {
    const clock = new VirtualClock();
    const { url } = await startGateway({ clock });
    const token = until(clock, -1);
    const [inQuery, inV1, inHello, inAuth, inV1Auth] = [
      await connect(`${url}?token=${token}`, V2),
      await connect(`${url}?token=${token}`),
      await connect(url, V2),
      await greet(url),
      await connect(url),
    ];
    inHello.send({ type: 'hello', messageId: 'h', data: { client: 'e', token } });
    for (const client of [inAuth, inV1Auth]) client.send({ type: 'auth', data: { token } });
    for (const client of [inQuery, inV1, inHello, inAuth, inV1Auth])
      expect(await client.closed).toEqual(expired);
  });

  it('closes a connection of v1, too', async () => {
    const clock = new VirtualClock();
    const { url } = await startGateway({ clock });
    const client = await connect(`${url}?token=${until(clock, 60)}`);
    await client.subscribe(1);
    await clock.advance(60_000);
    expect(await client.closed).toEqual(expired);
  });

  it('further away than timers reach does not end at once', async () => {
    const clock = new VirtualClock();
    const { url, stats } = await startGateway({ clock });
    await greet(`${url}?token=${until(clock, 60 * 86_400)}`);
    await clock.advance(59 * 86_400_000);
    expect(stats().connections).toBe(1);
    await clock.advance(86_400_000);
    await expect.poll(() => stats().connections).toBe(0);
  });
});

describe('--token-lifetime', () => {
  it('counts from when a token is first shown; a fresh one of the same user goes on', async () => {
    const clock = new VirtualClock();
    const { url } = await startGateway({ clock, tokenLifetimeSeconds: 10 });
    const first = await greet(`${url}?token=alice`);
    await clock.advance(4000);
    const second = await greet(`${url}?token=alice`);
    expect(second.ofType('welcome')[0]?.data.tokenExpiresInMs).toBe(6000);
    await clock.advance(6000);
    for (const client of [first, second]) expect(await client.closed).toEqual(expired);
    expect(await (await connect(`${url}?token=alice`, V2)).closed).toEqual(expired);
    const fresh = await greet(`${url}?token=alice~2`);
    expect(fresh.ofType('welcome')[0]?.data.tokenExpiresInMs).toBe(10_000);
  });

  it('ends no connection that showed none', async () => {
    const clock = new VirtualClock();
    const { url } = await startGateway({ clock, tokenLifetimeSeconds: 10 });
    const client = await greet(url);
    expect(client.ofType('welcome')[0]?.data).not.toHaveProperty('tokenExpiresInMs');
    await clock.advance(60_000);
    await client.settled();
  });

  it('holds for what is posted', async () => {
    const clock = new VirtualClock();
    const { httpUrl } = await startGateway({
      clock,
      requireToken: 'sesame',
      tokenLifetimeSeconds: 1,
    });
    const post = async (): Promise<number> =>
      (
        await postJson(`${httpUrl}/publish`, statusChange(1, 'x'), {
          authorization: 'Bearer sesame',
        })
      ).status;
    expect(await post()).toBe(200);
    await clock.advance(1000);
    expect(await post()).toBe(401);
  });
});

describe('auth by another user', () => {
  it('lets the page know that its notifications are another history', async () => {
    const gateway = await startGateway();
    const client = await greet(`${gateway.url}?token=alice`);
    const { epoch } = (await client.follow('user_notifications')).topics[0];
    gateway.publish({ type: 'notification', id: 'n', title: 't', message: 'm' });
    await client.settled();
    await client.request({ type: 'auth', data: { token: 'alice~2' } });
    await client.settled();
    expect(client.ofType('pong').flatMap(({ positions }) => positions)).toMatchObject([{ epoch }]);
    await client.request({ type: 'auth', data: { token: 'bob' } });
    const told = await client.find(
      ({ type, messageId }) => type === 'pong' && messageId === undefined,
    );
    expect(told.positions).toMatchObject([{ topic: 'user_notifications', seq: 1 }]);
    expect(told.positions[0].epoch).not.toBe(epoch);
    const since = { epoch, seq: 1 };
    const answer = await client.follow({ topic: 'user_notifications', since });
    expect(answer.topics).toMatchObject([{ start: 0, recovered: false }]);
    await client.find(({ id, history }) => id === 'n' && history === true);
  });
});
