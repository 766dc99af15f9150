// docs/asyncapi.yaml against what it describes: the reference gateway takes what it says that pages send, the engine takes what it says
// that servers send, and it knows every type that they know, and no other.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { RealTimeService } from '../../js/src/services/realtime-service.js';
import type { GatewayOptions } from '../../web-demo/gateway/options/options.js';
import { connect, startGateway } from '../gateway/support/fixture.js';
import { unpacked, type TestClient } from '../gateway/support/test-client.js';
import { VirtualClock } from '../gateway/support/virtual-clock.js';
import { builtWasmUrl } from './support/built-engine.js';
import { NodeWebSocket } from './support/node-web-socket.js';
import { readWireDocument, type WireMessage } from './support/wire-document.js';

const dialects = ['v1', 'v2'] as const;
type DialectName = (typeof dialects)[number];
const documents = {
  v1: await readWireDocument('v1'),
  v2: await readWireDocument('v2'),
};

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

it('is valid AsyncAPI', () => {
  expect(documents.v1.problems).toEqual([]);
});

describe.each(dialects)('in dialect %s', (dialect) => {
  const { fromPage, fromServer } = documents[dialect];
  const all = [...fromPage.values(), ...fromServer.values()];

  it('every message has examples, which its own schema allows', () => {
    expect(all.filter(({ examples }) => examples.length === 0)).toEqual([]);
    const faults = all.flatMap(({ type, examples, faultOf }) =>
      examples.flatMap(({ name, payload }) => {
        const fault = faultOf(payload);
        return fault === null ? [] : [`${type}, ${name}: ${fault}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it('a message without something it requires, or of another type, is not allowed', () => {
    for (const { examples, required, faultOf } of all) {
      expect(required).toContain('type');
      for (const name of required) {
        expect(faultOf({ ...examples[0]?.payload, [name]: undefined })).toContain(name);
      }
      expect(faultOf({ ...examples[0]?.payload, type: 'another' })).not.toBeNull();
    }
  });

  it('pages send the types that the gateway knows', async () => {
    const client = await connectTo(dialect, true);
    client.send({ type: 'unheard_of', messageId: 'm0' });
    const refusal = await client.find(({ type }) => type === 'error');
    const error = (refusal['data'] as { error: string }).error;
    const known = error.slice(error.indexOf('allowed: ') + 'allowed: '.length).split(', ');
    expect([...fromPage.keys()].sort()).toEqual(known.sort());
  });

  const sent = [...fromPage.values()].flatMap(({ type, examples, answers }) =>
    examples.map(({ name, payload }) => ({ type, name, payload, answers })),
  );

  it.each(sent)('the gateway takes $type, $name', async ({ type, payload, answers }) => {
    const client = await connectTo(dialect, type !== 'hello');
    client.send(payload);
    const answered = (): unknown[] =>
      client.messages
        .filter((message) => answers.includes(message['type'] as string))
        .flatMap(idsOf);
    // Each message of a batch is answered for itself.
    const ids = answers.length > 0 ? unpacked(payload).flatMap(idsOf) : [];
    await client.until(
      () => client.ofType('error').length > 0 || ids.every((id) => answered().includes(id)),
    );
    await client.settled();
    expect(client.ofType('error')).toEqual([]);
    expect(faultsIn(dialect, client)).toEqual([]);
  });

  it('everything the gateway sends of simulated bills and people is in the document', async () => {
    const clock = new VirtualClock();
    const client = await connectTo(dialect, true, {
      feed: 'synthetic',
      rate: 5,
      people: 20,
      bills: 4,
      clock,
    });
    const topics = ['bill:1', 'discussion:1', 'user_notifications', 'expert:updates', '*'];
    if (dialect === 'v2')
      client.send({
        type: 'subscribe',
        messageId: 's',
        topics: topics.map((topic) => ({ topic })),
      });
    else
      for (const topic of topics)
        client.send({
          type: 'subscribe',
          topic,
          messageId: topic,
          ...(topic === 'bill:1' && { data: { bill_id: 1 } }),
        });
    const types = (): string[] => client.messages.map((message) => message['type'] as string);
    const wanted = [
      'bill_update',
      'engagement_metrics',
      'comment_update',
      'vote_update',
      'typing_indicator',
      'presence_update',
    ];
    for (let minute = 0; minute < 3; ++minute) {
      await clock.advance(60_000);
      await client.settled();
    }
    expect(types()).toEqual(expect.arrayContaining(wanted));
    expect(client.ofType('error')).toEqual([]);
    expect(faultsIn(dialect, client)).toEqual([]);
  });

  it('the engine takes every example of what servers send', async () => {
    const examples = [...fromServer.values()].flatMap(({ examples }) =>
      examples.map(({ payload }) => payload),
    );
    const { counters, errors } = await tellEngine(dialect, examples);
    expect(errors).toEqual([]);
    expect(counters).toMatchObject({
      malformedFrames: 0,
      invalidMessages: 0,
      unknownMessages: 0,
      unroutedMessages: 0,
    });
  });

  it('the engine counts what is not in the document', async () => {
    const { counters, errors } = await tellEngine(dialect, [
      { type: 'unheard_of' },
      { type: 'bill_update' },
    ]);
    expect(counters).toMatchObject({ invalidMessages: 1, unknownMessages: 1 });
    expect(errors).toEqual([expect.stringContaining('bill_id')]);
  });
});

it('servers send the types that the engine knows', () => {
  const source = readFileSync(
    new URL('../../core/src/wire/message_kind.cc', import.meta.url),
    'utf8',
  );
  const known = [...source.matchAll(/\{"([a-z_]+)", MessageKind::/g)].map(([, name]) => name);
  const documented = dialects.flatMap((dialect) => [...documents[dialect].fromServer.keys()]);
  expect([...new Set(documented)].sort()).toEqual(known.sort());
});

/** A client of a gateway of its own; `isGreeted`: it has said hello, where that is needed. */
async function connectTo(
  dialect: DialectName,
  isGreeted: boolean,
  options: Partial<GatewayOptions> = {},
): Promise<TestClient> {
  const { url } = await startGateway(options);
  const client = await connect(url, { protocols: [`civic-engagement-${dialect}`] });
  if (dialect === 'v2' && isGreeted) await client.hello();
  return client;
}

/** The ids that a message has or answers. */
function idsOf({ messageId, messageIds }: Record<string, unknown>): unknown[] {
  return [...(messageId === undefined ? [] : [messageId]), ...((messageIds ?? []) as unknown[])];
}

/** What the client was sent and is not as the document says. */
function faultsIn(dialect: DialectName, client: TestClient): string[] {
  const { fromServer } = documents[dialect];
  return [...client.received, ...client.messages].flatMap((message) => {
    const documented = fromServer.get(message['type'] as string);
    const fault = documented === undefined ? 'not in the document' : documented.faultOf(message);
    return fault === null ? [] : [`${JSON.stringify(message)}: ${fault}`];
  });
}

/** What the engine makes of these messages of a server, of whose topics it follows everything. */
async function tellEngine(
  dialect: DialectName,
  messages: readonly WireMessage[],
): Promise<{ counters: Readonly<Record<string, number>>; errors: string[] }> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    handleProtocols: () => `civic-engagement-${dialect}`,
  });
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  server.on('connection', (socket) => {
    const begin = (): void => {
      for (const message of messages) socket.send(JSON.stringify(message));
    };
    socket.on('message', (frame: Buffer) => {
      const { type, messageId } = JSON.parse(frame.toString()) as WireMessage;
      if (type !== 'hello') return;
      socket.send(JSON.stringify({ type: 'welcome', messageId, data: { session: 's' } }));
      begin();
    });
    if (dialect === 'v1') begin();
  });
  const { port } = server.address() as AddressInfo;
  const service = new RealTimeService(
    { websocket: { url: `ws://127.0.0.1:${String(port)}/ws`, host: 'page' } },
    { engine: { wasmUrl: builtWasmUrl, WebSocket: NodeWebSocket } },
  );
  cleanUps.push(() => service.shutdown());
  const errors: string[] = [];
  service.on('error', (error) => {
    // A refusal is what the example of `error` says; it is none of the example.
    if ((error as { code?: string }).code !== 'server-error') errors.push(error.message);
  });
  service.manager.subscribe('*', () => undefined);
  await service.initialize();
  // `welcome` is one more in v2.
  const count =
    messages.flatMap((message) => unpacked(message)).length + (dialect === 'v2' ? 1 : 0);
  await expect
    .poll(() => service.getStats().counters.messagesReceived, { timeout: 10_000, interval: 5 })
    .toBeGreaterThanOrEqual(count);
  return { counters: service.getStats().counters, errors };
}
