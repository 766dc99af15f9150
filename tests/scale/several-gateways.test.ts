/** Gateways that share NATS are one server: whoever is connected to one sees what the other was told. */

import { connect } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { greet, postJson, statusChange } from '../gateway/support/fixture.js';
import { Page } from '../gateway/support/page.js';
import type { Message, TestClient } from '../gateway/support/test-client.js';
import { Users } from '../../web-demo/gateway/access/users.js';
import { NatsServer } from './support/nats-server.js';
import { startNatsGateway } from './support/nats-gateways.js';

const nats = new NatsServer();
let nextBill = 1;

beforeAll(async () => {
  await nats.start();
});
afterAll(() => nats.stop());

const newBill = (): number => nextBill++;
const isPresence = ({ type }: Message): boolean => type === 'presence_update';
const userOf = (token: string): string => new Users().ofToken(token).id;

describe('two gateways', () => {
  it('tell their pages of what the other was told, with the same numbers', async () => {
    const [first, second] = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
    const [here, there] = [await greet(first.url), await greet(second.url)];
    const billId = newBill();
    const topic = `bill:${billId}`;
    await here.follow(topic);
    await there.follow(topic);
    for (const status of ['a', 'b', 'c'])
      expect(
        await postJson(`${first.httpUrl}/publish`, statusChange(billId, status)),
      ).toMatchObject({
        status: 200,
      });
    for (const client of [here, there])
      await client.until(() => client.ofStream(topic).length === 3);
    expect(there.ofStream(topic).map(({ update }) => update.data.newStatus)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(here.ofStream(topic)).toEqual(there.ofStream(topic));
  });

  it('bring a page that changes from one to the other everything it missed, once', async () => {
    const [first, second] = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
    const billId = newBill();
    const topic = `bill:${billId}`;
    const page = new Page(first.url, 'engine');
    await page.connect();
    page.subscribe([topic]);
    await page.settled();
    await postJson(`${first.httpUrl}/publish`, statusChange(billId, '0'));
    await page.client?.until(() => page.of(topic).taken.length === 1);
    page.drop();
    const missed = Array.from({ length: 600 }, (_, index) =>
      statusChange(billId, String(index + 1)),
    );
    await postJson(`${second.httpUrl}/publish`, missed);
    const moved = new Page(second.url, 'engine');
    Object.assign(moved, { streams: page.streams });
    await moved.connect();
    await moved.client?.until(() => page.of(topic).taken.length === 601);
    await moved.settled();
    expect(moved.of(topic).gaps).toEqual([]);
    expect(moved.faults).toEqual([]);
    expect(moved.of(topic).taken.map(({ update }) => update.data.newStatus)).toEqual(
      Array.from({ length: 601 }, (_, index) => String(index)),
    );
  });
});

describe('a discussion at two gateways', () => {
  it('counts who follows it at both, and tells typing of one at the other', async () => {
    const [first, second] = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
    const billId = newBill();
    const topic = `discussion:${billId}`;
    const here = await greet(first.url, { client: 'here' });
    const there = await greet(second.url, { client: 'there' });
    await here.follow(topic);
    await there.follow(topic);
    const counts = (message: Message): boolean =>
      message.type === 'presence_update' && message.count === 2;
    await Promise.all([here.find(counts), there.find(counts)]);
    here.send({ type: 'typing_start', data: { bill_id: billId } });
    await there.find(({ type, is_typing: isTyping }) => type === 'typing_indicator' && isTyping);
    here.terminate();
    await there.find(({ type, is_typing: isTyping }) => type === 'typing_indicator' && !isTyping);
    await there.until(() => there.ofStream(topic).filter(isPresence).at(-1)?.count === 1);
    expect(
      there
        .ofStream(topic)
        .filter(isPresence)
        .map(({ count }) => count as number),
    ).toEqual(expect.arrayContaining([2, 1]));
  });

  it('takes a comment once, whichever gateway it is sent to again, and lets its author change it at the other', async () => {
    const [first, second] = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
    const billId = newBill();
    const topic = `discussion:${billId}`;
    const comment = {
      type: 'comment_update',
      messageId: 'm1',
      data: { bill_id: billId, text: 'Where is the money to come from?' },
    };
    const author = await greet(first.url, { client: 'author' });
    await author.follow(topic);
    author.send(comment);
    const { comment_id: commentId } = await author.find(({ type }) => type === 'comment_update');
    await author.find(({ type }) => type === 'ack');
    author.terminate();
    const again = await greet(second.url, { client: 'author' });
    await again.follow(topic);
    again.send(comment);
    again.send({
      type: 'comment_update',
      messageId: 'm2',
      data: { bill_id: billId, comment_id: commentId, action: 'updated', text: 'And by when?' },
    });
    await again.find(({ action }) => action === 'updated');
    expect(
      again
        .ofStream(topic)
        .filter(({ type }) => type === 'comment_update')
        .map(({ action }) => action),
    ).toEqual(['created', 'updated']);
    expect(again.ofType('error')).toEqual([]);
  });

  it('brings notifications for everybody and for one user in their order, and to nobody else', async () => {
    const [first, second] = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
    const [alice, bob] = [
      await greet(second.url, { client: 'alice', token: 'alice' }),
      await greet(second.url, { client: 'bob', token: 'bob' }),
    ];
    await alice.follow('user_notifications');
    await bob.follow('user_notifications');
    const note = (title: string, userId?: string): Message => ({
      type: 'notification',
      title,
      message: 'm',
      ...(userId === undefined ? {} : { user_id: userId }),
    });
    const aliceId = userOf('alice');
    const notes = [note('1'), note('2', aliceId), note('3'), note('4', aliceId), note('5')];
    expect(await postJson(`${first.httpUrl}/publish`, notes)).toMatchObject({ status: 200 });
    const titles = (client: TestClient): unknown[] =>
      client.ofStream('user_notifications').map(({ title }) => title as unknown);
    await alice.until(() => titles(alice).length === 5);
    await bob.until(() => titles(bob).length === 3);
    expect([titles(alice), titles(bob)]).toEqual([
      ['1', '2', '3', '4', '5'],
      ['1', '3', '5'],
    ]);
    await Promise.all([alice.settled(), bob.settled()]);
    const later = await greet(first.url, { client: 'alice', token: 'alice' });
    await later.follow('user_notifications');
    await later.until(() => titles(later).length === 5);
    expect(titles(later)).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('what another client of NATS publishes', () => {
  it('is told like everything else, and what is no event is left out and named in the log', async () => {
    const gateway = await startNatsGateway(nats.url);
    const billId = newBill();
    const page = await greet(gateway.url);
    await page.follow(`bill:${billId}`);
    const connection = await connect({ servers: nats.url.slice(7) });
    const stream = jetstream(connection);
    const subject = `civic.bill.${billId}`;
    await stream.publish(subject, JSON.stringify(statusChange(billId, 'a')));
    await stream.publish(subject, 'no JSON');
    await stream.publish(subject, JSON.stringify(statusChange(billId + 1000, 'elsewhere')));
    await stream.publish(subject, JSON.stringify(statusChange(billId, 'b')));
    await connection.close();
    await page.until(() => page.ofStream(`bill:${billId}`).length === 2);
    expect(page.ofStream(`bill:${billId}`).map(({ update }) => update.data.newStatus)).toEqual([
      ...['a', 'b'],
    ]);
    const log = gateway.logLines.join('\n');
    expect(log).toContain(`on bill.${billId} is left out: it is not JSON`);
    expect(log).toContain(`is left out: it belongs to civic.bill.${billId + 1000}`);
  });
});
