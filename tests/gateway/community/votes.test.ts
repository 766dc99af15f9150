import { expect, it } from 'vitest';
import { connect, startGateway } from '../support/fixture.js';
import type { Message, TestClient } from '../support/test-client.js';

const isoTime = expect.stringMatching(/Z$/);

const vote = (voteType: string, more: Message = {}): Message => ({
  type: 'vote_update',
  data: { billId: 5, voteType, ...more },
});

async function visitor(url: string): Promise<TestClient> {
  const client = await connect(url);
  await client.open('discussion:5');
  return client;
}

it('a vote reaches everyone in the discussion, with how all have voted', async () => {
  const { url } = await startGateway();
  const [first, second] = [await visitor(url), await visitor(url)];
  first.send(vote('support', { reason: 'jobs' }));
  await second.find(({ type }) => type === 'vote_update');
  second.send(vote('oppose'));
  for (const client of [first, second])
    await client.until(() => client.ofType('vote_update').length === 2);
  const expected = [
    {
      type: 'vote_update',
      bill_id: 5,
      user_id: 'guest-1',
      user_name: 'Guest 1',
      vote_type: 'support',
      data: { reason: 'jobs', counts: { support: 1, oppose: 0, neutral: 0 } },
      timestamp: isoTime,
    },
    {
      type: 'vote_update',
      bill_id: 5,
      user_id: 'guest-2',
      user_name: 'Guest 2',
      vote_type: 'oppose',
      data: { counts: { support: 1, oppose: 1, neutral: 0 } },
      timestamp: isoTime,
    },
  ];
  expect(first.ofType('vote_update')).toEqual(expected);
  expect(second.ofType('vote_update')).toEqual(expected);
});

it('one user has one vote per bill, in every tab', async () => {
  const { url } = await startGateway();
  const [tab, sameUser] = [await visitor(`${url}?token=mine`), await visitor(`${url}?token=mine`)];
  tab.send(vote('support'));
  await tab.settled();
  sameUser.send(vote('neutral'));
  sameUser.send(vote('neutral'));
  sameUser.send({ ...vote('oppose'), data: { billId: 6, voteType: 'oppose' } });
  await sameUser.settled();
  await tab.settled();
  expect(tab.ofType('vote_update').map(({ data }) => data.counts as unknown)).toEqual([
    { support: 1, oppose: 0, neutral: 0 },
    { support: 0, oppose: 0, neutral: 1 },
    { support: 0, oppose: 0, neutral: 1 },
  ]);
});

it('a newcomer gets the last vote of each user, with the counts of now', async () => {
  const { url } = await startGateway();
  const [first, second] = [await visitor(url), await visitor(url)];
  first.send(vote('oppose'));
  await first.settled();
  second.send(vote('support'));
  await second.settled();
  first.send(vote('support'));
  await first.settled();
  const late = await visitor(url);
  await late.settled();
  const counts = { support: 2, oppose: 0, neutral: 0 };
  expect(late.ofType('vote_update')).toMatchObject([
    { user_id: 'guest-2', vote_type: 'support', history: true, data: { counts } },
    { user_id: 'guest-1', vote_type: 'support', history: true, data: { counts } },
  ]);
});
