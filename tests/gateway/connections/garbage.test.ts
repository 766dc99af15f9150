import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connect, greet, startGateway } from '../support/fixture.js';
import type { TestClient } from '../support/test-client.js';

const COMMANDS = [
  'subscribe',
  'unsubscribe',
  'hello',
  'batch_subscribe',
  'batchUnsubscribe',
  'auth',
  'batch',
  'typing_start',
  'typingStop',
  'comment_update',
  'vote_update',
  'mark_notification_read',
  'clearNotification',
  'update_preferences',
  'bill_update',
  '__proto__',
  '',
];

/** Frames of which none can be obeyed. */
const garbage = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !isJsonObject(text)),
  fc
    .jsonValue()
    .filter((value) => typeof value !== 'object' || value === null || Array.isArray(value))
    .map((value) => JSON.stringify(value)),
  // Commands with fields of wrong types; the topic keeps them from being obeyed by chance.
  fc
    .record(
      {
        topic: fc.constantFrom('weather', 5, {}),
        data: fc.jsonValue(),
        messageId: fc.jsonValue(),
        filters: fc.jsonValue(),
        messages: fc.constantFrom(null, 5, 'x', {}),
      },
      { requiredKeys: ['topic'] },
    )
    .chain((fields) =>
      fc
        .constantFrom(...COMMANDS.filter((type) => !/^(batch_|batchU|auth)/.test(type)))
        .map((type) => JSON.stringify({ ...fields, type })),
    ),
  fc.constantFrom(...COMMANDS).map((type) => JSON.stringify({ type, data: null })),
);

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const DIALECTS: [name: string, connectTo: (url: string) => Promise<TestClient>][] = [
  ['v1', (url) => connect(url)],
  ['v2', (url) => greet(url, { compression: ['deflate-raw'] })],
];

it.each(DIALECTS)(
  'garbage in %s never crashes the gateway and is always answered with an error',
  async (_name, connectTo) => {
    const client = await connectTo((await startGateway()).url);
    await fc.assert(
      fc.asyncProperty(fc.array(garbage, { minLength: 1, maxLength: 20 }), async (frames) => {
        client.received.length = 0;
        for (const frame of frames) client.send(frame);
        await client.settled();
        const [last, ...errors] = [...client.received].reverse();
        expect(last).toMatchObject({ type: 'pong' });
        expect(errors).toHaveLength(frames.length);
        const wrong = errors.filter(
          ({ type, data }) => type !== 'error' || typeof data.error !== 'string',
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
);

it.each(DIALECTS)(
  'random bytes in binary frames of %s are answered with an error',
  async (_name, connectTo) => {
    const client = await connectTo((await startGateway()).url);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.of(1, ...rest)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (frame) => {
        client.received.length = 0;
        client.socket.send(frame, { binary: true });
        await client.settled();
        expect(client.received).toMatchObject([{ type: 'error' }, { type: 'pong' }]);
      }),
      { numRuns: 200 },
    );
  },
);
