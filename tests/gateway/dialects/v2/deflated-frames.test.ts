/** Dialect v2: frames that are deflated because both sides agreed. */

import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { greet, startGateway, statusChange } from '../../support/fixture.js';
import type { Message, TestClient } from '../../support/test-client.js';

const OFFER = { compression: ['deflate-raw'] };

const deflated = (message: unknown): Buffer =>
  Buffer.concat([Buffer.of(1), deflateRawSync(JSON.stringify(message))]);

const update = (number: number, bytes: number): Message => ({
  ...statusChange(1, 'x'),
  update: { type: 'amendment', data: { number, text: 'x'.repeat(bytes) } },
});

const numbers = (client: TestClient): number[] =>
  client.ofStream('bill:1').map(({ update: { data } }) => data.number as number);

describe('from the gateway', () => {
  it('what is over 1 KiB is deflated, the rest is text, and the order stays', async () => {
    const gateway = await startGateway();
    const [agreed, other] = [await greet(gateway.url, OFFER), await greet(gateway.url)];
    for (const client of [agreed, other]) await client.follow('bill:1');
    const sizes = [10, 2000, 5000, 20, 100_000, 30];
    for (const [index, size] of sizes.entries()) gateway.publish(update(index, size));
    for (const client of [agreed, other]) await client.settled();
    expect(agreed.deflatedFrames).toBe(3);
    expect(other.deflatedFrames).toBe(0);
    expect(numbers(agreed)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(agreed.ofStream('bill:1')).toEqual(other.ofStream('bill:1'));
    const { deflate } = gateway.stats();
    const large = agreed
      .ofStream('bill:1')
      .map((message) => JSON.stringify(message).length)
      .filter((length) => length > 1024);
    expect(deflate.sentInflatedBytes).toBe(large.reduce((sum, length) => sum + length, 0));
    expect(deflate.sentBytes).toBeLessThan(deflate.sentInflatedBytes / 10);
  });

  it('so are replies, and groups of small events', async () => {
    const gateway = await startGateway();
    for (let number = 0; number < 40; number += 1) gateway.publish(update(number, 10));
    const client = await greet(gateway.url, OFFER);
    const many = Array.from({ length: 40 }, (_unused, index) => `bill:${index + 1}`);
    await client.follow(...many);
    await client.find(({ seq }) => seq === 40);
    expect(client.deflatedFrames).toBe(2);
    expect(numbers(client)).toEqual(Array.from({ length: 40 }, (_unused, index) => index));
  });

  it('and deflating never holds anybody up: when there is too much at once, the rest is text', async () => {
    const gateway = await startGateway({ streamBytes: 2 ** 30 });
    const client = await greet(gateway.url, OFFER);
    await client.follow('bill:1');
    for (let number = 0; number < 8; number += 1) gateway.publish(update(number, 300_000));
    await client.find(({ seq }) => seq === 8);
    expect(client.deflatedFrames).toBeGreaterThan(0);
    expect(client.deflatedFrames).toBeLessThan(8);
    expect(numbers(client)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('from the page', () => {
  const sent = { type: 'ping', messageId: 'p', filler: 'x'.repeat(5000) };

  it('a deflated frame is the same as its text', async () => {
    const { url, stats } = await startGateway();
    const client = await greet(url, OFFER);
    client.socket.send(deflated(sent));
    expect(await client.find(({ messageId }) => messageId === 'p')).toMatchObject({ type: 'pong' });
    expect(stats().deflate).toMatchObject({
      receivedBytes: deflated(sent).length,
      receivedInflatedBytes: JSON.stringify(sent).length,
    });
  });

  it.each<[what: string, data: object, frame: Buffer, error: string | RegExp]>([
    [
      'that was not agreed on',
      {},
      deflated(sent),
      'frame is deflated; allowed: when hello and welcome agreed on it',
    ],
    [
      'that is no deflate',
      OFFER,
      Buffer.from([1, 0xff, 0xfe, 0xfd]),
      /^frame cannot be inflated: /,
    ],
    ['that is cut off', OFFER, deflated(sent).subarray(0, 20), /^frame cannot be inflated: /],
    ['that is empty', OFFER, Buffer.of(1), /^frame cannot be inflated: /],
    [
      'that holds no JSON',
      OFFER,
      Buffer.concat([Buffer.of(1), deflateRawSync('hello')]),
      /^frame is not JSON: /,
    ],
    [
      'of another kind',
      OFFER,
      Buffer.of(2, 3),
      'frame is binary and does not start with {; allowed: one JSON object',
    ],
  ])('a frame %s is one error, and the connection stays', async (_what, data, frame, error) => {
    const client = await greet((await startGateway()).url, data);
    client.socket.send(frame);
    const answer = await client.find(({ type }) => type === 'error');
    const text = typeof error === 'string' ? error : expect.stringMatching(error);
    expect(answer).toMatchObject({ data: { error: text, originalType: null }, messageId: null });
    await client.settled();
  });

  it('a small frame that becomes a large message closes with 1009 and costs no memory', async () => {
    const { url } = await startGateway();
    const client = await greet(url, OFFER);
    const bomb = Buffer.concat([Buffer.of(1), deflateRawSync(Buffer.alloc(256 * 1024 * 1024))]);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    client.socket.send(bomb);
    expect(await client.closed).toEqual({ code: 1009, reason: 'frame is too large' });
  });
});
