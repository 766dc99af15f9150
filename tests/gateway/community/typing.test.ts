import { describe, expect, it } from 'vitest';
import { TYPING_SILENCE_MS } from '../../../web-demo/gateway/community/typing.js';
import { connect, startGateway } from '../support/fixture.js';
import type { Message, TestClient } from '../support/test-client.js';
import { VirtualClock } from '../support/virtual-clock.js';

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

async function twoVisitors(): Promise<{
  clock: VirtualClock;
  writer: TestClient;
  reader: TestClient;
}> {
  const clock = new VirtualClock();
  const { url } = await startGateway({ clock });
  const [writer, reader] = [await connect(url), await connect(url)];
  await writer.open('discussion:7');
  await reader.open('discussion:7');
  return { clock, writer, reader };
}

const start = (more: Message = {}): Message => ({
  type: 'typing_start',
  data: { billId: 7, ...more },
});
const stop = (more: Message = {}): Message => ({
  type: 'typing_stop',
  data: { billId: 7, ...more },
});

/** What a client was told of typing, once everything sent to it has arrived. */
async function indicators(client: TestClient): Promise<Message[]> {
  await client.settled();
  return client.ofType('typing_indicator');
}

const states = async (client: TestClient): Promise<boolean[]> =>
  (await indicators(client)).map((message) => message.is_typing as boolean);

describe('typing', () => {
  it('is told to the others of the discussion, not to the writer, and its end too', async () => {
    const { writer, reader } = await twoVisitors();
    writer.send(start());
    writer.send(stop());
    await writer.settled();
    const told = { type: 'typing_indicator', user_id: 'guest-1', user_name: 'Guest 1', bill_id: 7 };
    expect(await indicators(reader)).toEqual([
      { ...told, is_typing: true, timestamp: isoTime },
      { ...told, is_typing: false, timestamp: isoTime },
    ]);
    expect(await indicators(writer)).toEqual([]);
  });

  it('is told with every start again, so that indicators which expire live on', async () => {
    const { writer, reader } = await twoVisitors();
    for (let count = 0; count < 3; count += 1) writer.send(start());
    await writer.settled();
    expect(await states(reader)).toEqual([true, true, true]);
  });

  it('ends by itself after silence, once, on the clock of the gateway', async () => {
    const { clock, writer, reader } = await twoVisitors();
    writer.send(start());
    await writer.settled();
    await clock.advance(TYPING_SILENCE_MS - 1);
    writer.send(start());
    await writer.settled();
    await clock.advance(TYPING_SILENCE_MS - 1);
    expect(await states(reader)).toEqual([true, true]);
    await clock.advance(1);
    expect(await states(reader)).toEqual([true, true, false]);
    await clock.advance(10 * TYPING_SILENCE_MS);
    writer.send(stop());
    await writer.settled();
    expect(await states(reader)).toEqual([true, true, false]);
  });

  it.each<[string, (writer: TestClient) => unknown]>([
    ['a lost connection', (writer) => writer.terminate()],
    ['a close', (writer) => writer.socket.close(1000)],
    ['unsubscribing', (writer) => writer.request({ type: 'unsubscribe', topic: 'discussion:7' })],
    [
      'the comment',
      (writer) => writer.send({ type: 'comment_update', data: { billId: 7, text: 'x' } }),
    ],
    ['another identity', (writer) => writer.send({ type: 'auth', data: { token: 'mine' } })],
  ])('ends with %s', async (_name, leave) => {
    const { writer, reader } = await twoVisitors();
    writer.send(start());
    await reader.find(({ is_typing }) => is_typing === true);
    leave(writer);
    await reader.find(({ is_typing }) => is_typing === false);
    expect(await states(reader)).toEqual([true, false]);
  });

  it('belongs to the comment that is answered', async () => {
    const { writer, reader } = await twoVisitors();
    writer.send(start({ parentId: 'c-9' }));
    writer.send(stop());
    writer.send({ type: 'typingStop', data: { bill_id: '7', parent_id: 'c-9' } });
    await writer.settled();
    expect(await indicators(reader)).toMatchObject([
      { parent_id: 'c-9', is_typing: true },
      { parent_id: 'c-9', is_typing: false },
    ]);
  });

  it('of one person in two tabs ends when both have stopped', async () => {
    const { url } = await startGateway();
    const [reader, ...tabs] = [
      await connect(url),
      await connect(`${url}?token=mine`),
      await connect(`${url}?token=mine`),
    ];
    await reader.open('discussion:7');
    for (const tab of tabs) {
      tab.send(start());
      await tab.settled();
    }
    tabs[0]?.send(stop());
    await tabs[0]?.settled();
    expect(await states(reader)).toEqual([true, true]);
    tabs[1]?.terminate();
    await reader.find(({ is_typing }) => is_typing === false);
  });

  it('is told to a newcomer while it lasts', async () => {
    const { clock, writer } = await twoVisitors();
    writer.send(start({ user_name: 'Ada' }));
    await writer.settled();
    const { url } = writer.socket;
    const late = await connect(url);
    await late.open('discussion:7');
    expect(await indicators(late)).toMatchObject([{ user_name: 'Ada', is_typing: true }]);
    await clock.advance(TYPING_SILENCE_MS);
    const later = await connect(url);
    await later.open('discussion:7');
    expect(await states(later)).toEqual([]);
  });

  it('also reaches community:ID and *, once each', async () => {
    const { writer } = await twoVisitors();
    const other = await connect(writer.socket.url);
    for (const topic of ['discussion:7', 'community:7', '*']) await other.open(topic);
    writer.send(start());
    await writer.settled();
    expect(await states(other)).toEqual([true]);
  });

  it('goes on in at most 20 places of one connection', async () => {
    const { writer } = await twoVisitors();
    for (let parentId = 1; parentId <= 21; parentId += 1) writer.send(start({ parentId }));
    writer.send(start({ parentId: 1 }));
    await writer.settled();
    expect(writer.ofType('error').map(({ data }) => data.error)).toEqual([
      'typing_start: this connection types in 20 places; allowed: at most that many',
    ]);
  });
});
