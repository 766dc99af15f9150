/** What people did is known at every gateway, whichever of them did it, and when that one is gone. */

import { connect as connectToNats } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connect,
  greet,
  metrics,
  postJson,
  type RunningGateway,
} from '../gateway/support/fixture.js';
import type { Message, TestClient } from '../gateway/support/test-client.js';
import { GatewayProcess } from './support/gateway-process.js';
import { NatsServer } from './support/nats-server.js';
import { startNatsGateway } from './support/nats-gateways.js';

const nats = new NatsServer();
let nextBill = 1;

beforeAll(async () => {
  await nats.start();
});
afterAll(() => nats.stop());

const newBill = (): number => nextBill++;
const user = (url: string, token: string): Promise<TestClient> =>
  greet(url, { client: token, token });

const comment = (billId: number, more: Message = {}): Message => ({
  type: 'comment_update',
  data: { bill_id: billId, text: 'Where is the money to come from?', ...more },
});
const vote = (billId: number, voteType: string): Message => ({
  type: 'vote_update',
  data: { bill_id: billId, voteType },
});
const preferencesOf = async (client: TestClient): Promise<unknown> =>
  (await client.request({ type: 'get_preferences' })).data.preferences as unknown;
const setPreferences = (client: TestClient, preferences: Message): Promise<Message> =>
  client.apply({ type: 'update_preferences', data: { preferences } });

/** A page that sees everything of a bill, at a gateway of its own where nothing was done before. */
async function newcomer(billId: number): Promise<TestClient> {
  const { url } = await startNatsGateway(nats.url);
  const page = await user(url, 'newcomer');
  await page.follow(`bill:${billId}`, `discussion:${billId}`);
  return page;
}
const newestOf = (page: TestClient, type: string): Message | undefined =>
  page.messages.filter((message) => message.type === type).at(-1);
const votesOf = (page: TestClient): Message[] =>
  page.messages.filter(({ type }) => type === 'vote_update');
const votesIn = ({ support, oppose, neutral }: Message): number => support + oppose + neutral;

/** Waits until the newest message of the type is as wanted, and answers with it. */
async function newest(
  page: TestClient,
  type: string,
  wanted: (message: Message) => boolean,
): Promise<Message> {
  await page.until(() => wanted(newestOf(page, type) ?? {}));
  return newestOf(page, type) as Message;
}

async function twoGateways(): Promise<[RunningGateway, RunningGateway]> {
  return [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
}

describe('preferences', () => {
  it('set through one gateway are those of the user at every other, where their tabs are told', async () => {
    const [first, second] = await twoGateways();
    const [here, there] = [await user(first.url, 'ann'), await user(second.url, 'ann')];
    const stranger = await user(second.url, 'bob');
    expect(await setPreferences(here, { email: false, sound: 'bell' })).toMatchObject({
      type: 'ack',
    });
    const told = await there.find(({ type }) => type === 'preferences_updated');
    expect(told.data.preferences).toEqual({ email: false, sound: 'bell' });
    await setPreferences(there, { sound: null });
    expect(await preferencesOf(here)).toEqual({ email: false, sound: null });
    expect(await preferencesOf(stranger)).toEqual({});
    expect(stranger.ofType('preferences_updated')).toEqual([]);
  });

  it('changed through two gateways at once are all kept', async () => {
    const gateways = await twoGateways();
    const tabs = await Promise.all(gateways.map(({ url }) => user(url, 'eve')));
    const names = Array.from({ length: 20 }, (_, index) => `preference${index}`);
    await Promise.all(
      names.map((name, index) => setPreferences(tabs[index % 2] as TestClient, { [name]: index })),
    );
    expect(await preferencesOf(tabs[0] as TestClient)).toEqual(
      Object.fromEntries(names.map((name, index) => [name, index])),
    );
  });

  it('outlive the gateway that was told, and a restart of NATS', async () => {
    const server = await new NatsServer().start();
    try {
      const killed = await GatewayProcess.start('--bus', server.url, '--feed', 'none');
      const page = await user(killed.url, 'carol');
      await setPreferences(page, { email: false });
      await killed.kill();
      await server.kill();
      await server.start();
      const { url } = await startNatsGateway(server.url);
      expect(await preferencesOf(await user(url, 'carol'))).toEqual({ email: false });
    } finally {
      await server.stop();
    }
  });
});

describe('a comment', () => {
  it('is changed and taken back by its author through a gateway where nobody follows the discussion, and by nobody else', async () => {
    const [first, second] = await twoGateways();
    const billId = newBill();
    const author = await user(first.url, 'author');
    await author.follow(`discussion:${billId}`);
    await author.apply(comment(billId));
    const { comment_id: id } = await author.find(({ type }) => type === 'comment_update');
    const elsewhere = await user(second.url, 'author');
    const other = await user(second.url, 'other');
    const change = comment(billId, { comment_id: id, action: 'updated', text: 'And by when?' });
    expect((await other.apply(change)).data.error).toContain('of another user');
    expect((await elsewhere.apply(change)).type).toBe('ack');
    const seen = await author.find(({ action }) => action === 'updated');
    expect(seen).toMatchObject({ comment_id: id, data: { text: 'And by when?' } });
    const removal = comment(billId, { comment_id: id, action: 'deleted' });
    expect((await elsewhere.apply(removal)).type).toBe('ack');
    expect((await elsewhere.apply(change)).data.error).toContain('no comment of this bill');
  });

  it('is changed right after it was acknowledged by another gateway', async () => {
    const [first, second] = await twoGateways();
    const billId = newBill();
    const [author, elsewhere] = [await user(first.url, 'author'), await user(second.url, 'author')];
    await author.follow(`discussion:${billId}`);
    await elsewhere.apply(comment(billId));
    for (let turn = 1; turn <= 20; turn += 1) {
      await author.apply(comment(billId, { text: `comment ${turn}` }));
      const seen = await author.find(({ data }) => data?.text === `comment ${turn}`);
      const change = { comment_id: seen.comment_id as unknown, action: 'updated', text: 'changed' };
      expect(await elsewhere.apply(comment(billId, change))).toMatchObject({ type: 'ack' });
    }
  });

  it('is one of three hundred that a gateway without a past counts, and lets its author change', async () => {
    const [first] = await twoGateways();
    const billId = newBill();
    const author = await user(first.url, 'author');
    await author.follow(`discussion:${billId}`);
    for (let made = 0; made < 300; made += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          author.apply(comment(billId, { text: `comment ${made + index}` })),
        ),
      );
    const oldest = await author.find(({ data }) => data?.text === 'comment 0');
    const page = await newcomer(billId);
    await page.apply(comment(billId, { text: 'one more' }));
    const counted = await newest(page, 'engagement_metrics', (message) => {
      return message.metrics?.comment_count >= 301;
    });
    expect(counted.metrics).toEqual({ comment_count: 301 });
    const late = await startNatsGateway(nats.url);
    const back = await user(late.url, 'author');
    const change = comment(billId, { comment_id: oldest.comment_id, action: 'updated' });
    expect((await back.apply(change)).type).toBe('ack');
  });

  it('made through two gateways at once is counted at both', async () => {
    const gateways = await twoGateways();
    const billId = newBill();
    await postJson(`${gateways[0].httpUrl}/publish`, metrics(billId, 7));
    const writers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => user(gateways[n % 2]?.url ?? '', `writer ${n}`)),
    );
    await Promise.all(writers.map((writer) => writer.apply(comment(billId))));
    const page = await newcomer(billId);
    const wanted = { view_count: 7, save_count: 1, comment_count: 22, share_count: 3 };
    await newest(page, 'engagement_metrics', ({ metrics: one }) => one?.comment_count >= 22);
    await page.settled();
    expect(newestOf(page, 'engagement_metrics')?.metrics).toEqual(wanted);
  });
});

describe('votes', () => {
  it('cast through two gateways at once are all counted, each with the counts after it', async () => {
    const gateways = await twoGateways();
    const billId = newBill();
    const witness = await user(gateways[0].url, 'witness');
    await witness.follow(`discussion:${billId}`);
    const voters = await Promise.all(
      Array.from({ length: 30 }, (_, n) => user(gateways[n % 2]?.url ?? '', `voter ${n}`)),
    );
    const answers = await Promise.all(
      voters.map((voter, n) => voter.apply(vote(billId, n % 3 === 0 ? 'oppose' : 'support'))),
    );
    expect(answers.map(({ type }) => type as string)).toEqual(voters.map(() => 'ack'));
    await witness.until(() => votesOf(witness).length === 30);
    const counts = votesOf(witness).map(({ data }) => data.counts as Message);
    expect(counts.map(votesIn)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    expect(counts.at(-1)).toEqual({ support: 20, oppose: 10, neutral: 0 });
  });

  it('replace the one that the same user cast through another gateway', async () => {
    const [first, second] = await twoGateways();
    const billId = newBill();
    await (await user(first.url, 'ann')).apply(vote(billId, 'support'));
    await (await user(first.url, 'bob')).apply(vote(billId, 'support'));
    const page = await newcomer(billId);
    await (await user(second.url, 'ann')).apply(vote(billId, 'oppose'));
    const { data } = await newest(page, 'vote_update', ({ vote_type }) => vote_type === 'oppose');
    expect(data.counts).toEqual({ support: 1, oppose: 1, neutral: 0 });
  });

  it('and authors are known longer than the events are kept', async () => {
    const server = await new NatsServer().start();
    try {
      const first = await startNatsGateway(server.url, { streamEvents: 10 });
      const author = await user(first.url, 'author');
      await author.follow('discussion:1');
      await author.apply(comment(1));
      const { comment_id: id } = await author.find(({ type }) => type === 'comment_update');
      for (let voter = 0; voter < 25; voter += 1)
        await (await user(first.url, `voter ${voter}`)).apply(vote(1, 'support'));
      await first.stop();
      const second = await startNatsGateway(server.url, { streamEvents: 10 });
      const page = await user(second.url, 'author');
      await page.follow('discussion:1');
      await page.apply(vote(1, 'oppose'));
      await (await user(second.url, 'voter 0')).apply(vote(1, 'neutral'));
      const isVoter0 = ({ vote_type: voteType }: Message): boolean => voteType === 'neutral';
      const { data } = await newest(page, 'vote_update', isVoter0);
      expect(data.counts).toEqual({ support: 24, oppose: 1, neutral: 1 });
      const change = comment(1, { comment_id: id, action: 'updated' });
      expect((await page.apply(change)).type).toBe('ack');
    } finally {
      await server.stop();
    }
  });
});

it('guests of two gateways are not the same person', async () => {
  const gateways = await twoGateways();
  const billId = newBill();
  const page = await newcomer(billId);
  for (const { url } of gateways) {
    const guest = await connect(url);
    guest.send(vote(billId, 'support'));
  }
  await page.until(() => votesOf(page).length === 2);
  expect(newestOf(page, 'vote_update')?.data.counts.support).toBe(2);
});

it('what is kept beside the stream is replicated like it', async () => {
  await startNatsGateway(nats.url);
  const connection = await connectToNats({ servers: nats.url.slice('nats://'.length) });
  const { streams } = await jetstreamManager(connection);
  for (const bucket of ['preferences', 'sums'])
    expect((await streams.info(`KV_civic-${bucket}`)).config).toMatchObject({
      num_replicas: 1,
      storage: 'file',
      max_msgs_per_subject: 1,
      max_age: 0,
    });
  await connection.close();
});
