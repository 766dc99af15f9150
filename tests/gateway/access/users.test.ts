import { describe, expect, it } from 'vitest';
import { Users } from '../../../web-demo/gateway/access/users.js';
import { connect, startGateway } from '../support/fixture.js';
import type { TestClient } from '../support/test-client.js';

const whoIs = async (client: TestClient): Promise<{ user_id: string; user_name: string }> =>
  (await client.open('discussion:1')).data as { user_id: string; user_name: string };

describe('the token names the user', () => {
  it('the same one is the same user, shown in whichever way', async () => {
    const { url } = await startGateway();
    const inQuery = await whoIs(await connect(`${url}?token=alice%20a`));
    const bearer = `bearer.${Buffer.from('alice a').toString('base64url')}`;
    const inProtocol = await connect(url, { protocols: ['civic-engagement-v1', bearer] });
    expect(inProtocol.socket.protocol).toBe('civic-engagement-v1');
    const byMessage = await connect(url);
    await byMessage.request({ type: 'auth', data: { token: 'alice a' } });
    expect(inQuery.user_id).toMatch(/^user-[0-9a-f]{12}$/);
    expect(await whoIs(inProtocol)).toEqual(inQuery);
    expect(await whoIs(byMessage)).toEqual(inQuery);
    expect((await whoIs(await connect(`${url}?token=bob`))).user_id).not.toBe(inQuery.user_id);
  });

  it('and is never sent or written, nor can it be read from the id', async () => {
    const gateway = await startGateway();
    const [speaker, listener] = [
      await connect(`${gateway.url}?token=open-sesame`),
      await connect(gateway.url),
    ];
    await listener.open('*');
    speaker.send({ type: 'typing_start', data: { billId: 1 } });
    speaker.send({ type: 'comment_update', data: { billId: 1, text: 'hello' } });
    speaker.send({ type: 'vote_update', data: { billId: 1, voteType: 'support' } });
    await speaker.settled();
    await listener.settled();
    const seen = [listener.received, speaker.received, gateway.logLines, gateway.stats()];
    expect(JSON.stringify(seen)).not.toContain('sesame');
  });

  it('a bearer subprotocol that is not accepted is refused', async () => {
    const { url } = await startGateway({ requireToken: 'right' });
    const bearer = (token: string) => `bearer.${Buffer.from(token).toString('base64url')}`;
    await expect(connect(url, { protocols: [bearer('wrong')] })).rejects.toThrow('401');
    const client = await connect(url, { protocols: ['civic-engagement-v1', bearer('right')] });
    expect(await client.subscribe(1)).toMatchObject({ type: 'subscribe_confirmation' });
  });
});

describe('names', () => {
  it('without a token every connection is a guest of its own', async () => {
    const { url } = await startGateway();
    expect(await whoIs(await connect(url))).toMatchObject({
      user_id: 'guest-1',
      user_name: 'Guest 1',
    });
    expect(await whoIs(await connect(url))).toMatchObject({
      user_id: 'guest-2',
      user_name: 'Guest 2',
    });
  });

  it('a name that the page gives stays', async () => {
    const { url } = await startGateway();
    const client = await connect(`${url}?token=x`);
    client.send({
      type: 'vote_update',
      data: { billId: 1, voteType: 'support', user_name: ' Zoë ' },
    });
    await client.settled();
    expect((await whoIs(await connect(`${url}?token=x`))).user_name).toBe('Zoë');
  });

  it('ids are the same in another run of the gateway', () => {
    const [first, second] = [new Users(), new Users()];
    first.guest();
    expect(first.ofToken('alice').id).toBe(second.ofToken('alice').id);
  });
});
