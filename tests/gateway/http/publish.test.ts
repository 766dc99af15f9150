import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../web-demo/gateway/logging/event-log.js';
import { connect, metrics, postJson, startGateway, statusChange } from '../support/fixture.js';

describe('POST /publish', () => {
  it('delivers one message as it is, with a timestamp added', async () => {
    const { url, httpUrl } = await startGateway();
    const client = await connect(url);
    await client.subscribe(123);
    const message = {
      type: 'bill_update',
      bill_id: 123,
      update: { type: 'status_change', data: { newStatus: 'passed' } },
    };
    expect(await postJson(`${httpUrl}/publish`, message)).toEqual({
      status: 200,
      body: { published: 1, deliveredTo: 1 },
    });
    const update = await client.find(({ type }) => type === 'bill_update');
    expect(update).toEqual({ ...message, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it.each<[string, Record<string, unknown>]>([
    ['camelCase', { type: 'billUpdate', billId: 1, update: { type: 'statusChange', data: {} } }],
    ['flat data', { type: 'bill_update', bill_id: 1, data: { newStatus: 'x' } }],
    [
      'a topic instead of an id',
      { type: 'bill_update', topic: 'bill:1', update: { type: 'new_comment', data: {} } },
    ],
    [
      'digits as the id',
      { type: 'bill_update', bill_id: '1', update: { type: 'new_comment', data: {} } },
    ],
    ['flat counts', { type: 'engagementMetrics', billId: 1, viewCount: 3 }],
    ['milliseconds as the timestamp', { ...statusChange(1, 'x'), timestamp: 1_700_000_000_000 }],
    [
      'updates of one bill in one message',
      { type: 'batched_updates', updates: [{ bill_id: 1, type: 'amendment', data: {} }] },
    ],
  ])('accepts %s, and keeps it on the wire', async (_name, message) => {
    const { url, httpUrl } = await startGateway();
    const client = await connect(url);
    await client.subscribe(1);
    expect((await postJson(`${httpUrl}/publish`, message)).body).toEqual({
      published: 1,
      deliveredTo: 1,
    });
    await client.settled();
    expect(client.received.find(({ type }) => type === message.type)).toMatchObject(message);
  });

  it('takes batches apart: each bill gets its own', async () => {
    const { url, publish } = await startGateway();
    const client = await connect(url);
    await client.subscribe(1);
    const batch = {
      type: 'batch',
      messages: [
        metrics(2, 1),
        { type: 'batch', messages: [statusChange(1, 'deep')] },
        {
          type: 'batched_updates',
          timestamp: 5,
          updates: [
            { bill_id: 2, type: 'amendment', data: {} },
            { bill_id: 1, type: 'amendment', data: { n: 1 } },
            { bill_id: 1, type: 'new_comment', data: { n: 2 } },
          ],
        },
      ],
    };
    expect(publish(batch)).toEqual({ published: 4, deliveredTo: 1 });
    await client.settled();
    expect(client.received.slice(1, -1)).toEqual([
      statusChange(1, 'deep'),
      {
        type: 'batched_updates',
        timestamp: 5,
        updates: [
          { bill_id: 1, type: 'amendment', data: { n: 1 }, timestamp: 5 },
          { bill_id: 1, type: 'new_comment', data: { n: 2 }, timestamp: 5 },
        ],
      },
    ]);
  });

  const published =
    'bill_update, batched_updates, engagement_metrics, community_update, typing_indicator, comment_update, ' +
    'vote_update, presence_update, expert_activity, moderation_event, notification, notification_read, ' +
    'notification_clear, batch';
  const update = { type: 'status_change', data: {} };
  const types =
    'status_change, new_comment, amendment, voting_scheduled, engagement_change, constitutional_flag, expert_analysis';
  const id = 'a whole number from 0 to 9007199254740991, as a number or as digits';
  it.each<[string, unknown, string | RegExp]>([
    ['not JSON', '{', /^body is not JSON: /],
    ['a number', 5, 'message is 5; allowed: an object with a type'],
    ['an empty array', [], 'messages has 0 entries; allowed: 1 to 10000'],
    ['no type', {}, `message.type is missing; allowed: ${published}`],
    ['an unknown type', { type: 'party' }, `message.type is "party"; allowed: ${published}`],
    ['a type of objects', { type: 'constructor' }, /^message\.type is "constructor"; allowed: /],
    ['no bill', { type: 'bill_update', update }, `message.bill_id is missing; allowed: ${id}`],
    [
      'a bill that is none',
      { type: 'bill_update', billId: 1.5, update },
      `message.bill_id is 1.5; allowed: ${id}`,
    ],
    [
      'a topic of another bill',
      { type: 'bill_update', bill_id: 1, topic: 'bill:2', update },
      'message.topic is "bill:2"; allowed: bill:1, or no topic',
    ],
    [
      'no update',
      { type: 'bill_update', bill_id: 1 },
      'message.update is missing; allowed: update {type, data}, or data',
    ],
    [
      'an update of no known type',
      { type: 'bill_update', bill_id: 1, update: { type: 'x', data: {} } },
      `message.update.type is "x"; allowed: ${types}`,
    ],
    [
      'an update without data',
      { type: 'bill_update', bill_id: 1, update: { type: 'amendment' } },
      'message.update.data is missing; allowed: an object',
    ],
    [
      'a timestamp that is none',
      { ...statusChange(1, 'x'), timestamp: 'noon' },
      'message.timestamp is "noon"; allowed: an ISO 8601 text or milliseconds since 1970',
    ],
    [
      'metrics without counts',
      { type: 'engagement_metrics', bill_id: 1, metrics: {} },
      /^message\.metrics has no counts; allowed: at least one of view_count, /,
    ],
    [
      'a negative count',
      { type: 'engagement_metrics', bill_id: 1, metrics: { viewCount: -1 } },
      'message.metrics.view_count is -1; allowed: a finite number of at least 0',
    ],
    [
      'a bad entry of updates',
      { type: 'batched_updates', updates: [{ bill_id: 1, type: 'amendment', data: {} }, 7] },
      'message.updates[1] is 7; allowed: an object',
    ],
    [
      'a bad message among good ones',
      [statusChange(1, 'x'), { type: 'bill_update', update }],
      `messages[1].bill_id is missing; allowed: ${id}`,
    ],
    [
      'a batch without messages',
      { type: 'batch' },
      'message.messages is missing; allowed: an array of messages',
    ],
  ])('refuses %s with one sentence, and publishes nothing', async (_name, body, error) => {
    const { httpUrl, stats } = await startGateway();
    const answer = await postJson(`${httpUrl}/publish`, body);
    expect(answer).toEqual({
      status: 400,
      body: { error: typeof error === 'string' ? error : expect.stringMatching(error) },
    });
    expect(stats().published).toBe(0);
  });

  it('refuses batches more than 4 deep, data nested without end, and bodies over 1 MiB', async () => {
    const { httpUrl } = await startGateway();
    let batch: unknown = statusChange(1, 'x');
    for (let depth = 0; depth < 5; depth += 1) batch = { type: 'batch', messages: [batch] };
    expect((await postJson(`${httpUrl}/publish`, batch)).body.error).toMatch(
      / is a batch inside 4 others; allowed: 4 levels$/,
    );

    const deep = `{"type":"bill_update","bill_id":1,"update":{"type":"amendment","data":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}}`;
    expect(await postJson(`${httpUrl}/publish`, deep)).toEqual({
      status: 400,
      body: { error: 'message is nested too deeply to be sent' },
    });

    const large = JSON.stringify({ type: 'x', text: 'x'.repeat(1024 * 1024) });
    expect(await postJson(`${httpUrl}/publish`, large)).toEqual({
      status: 413,
      body: { error: 'body is too large; allowed: at most 1048576 bytes' },
    });
  });
});

describe('the other routes', () => {
  it('GET /bills lists bills by id, with their newest status', async () => {
    const { httpUrl, publish } = await startGateway();
    publish([
      statusChange(20, 'introduced'),
      statusChange(3, 'passed'),
      statusChange(20, 'reported'),
    ]);
    expect(await (await fetch(`${httpUrl}/bills`)).json()).toEqual({
      source: 'none',
      bills: [
        { id: 3, number: 'Bill 3', title: 'Bill 3', source: 'published', status: 'passed' },
        { id: 20, number: 'Bill 20', title: 'Bill 20', source: 'published', status: 'reported' },
      ],
    });
  });

  it('GET /health and GET /stats answer, and elsewhere is told what there is', async () => {
    const { httpUrl, url } = await startGateway();
    await connect(url);
    expect(await (await fetch(`${httpUrl}/health`)).json()).toMatchObject({
      status: 'ok',
      connections: 1,
    });
    expect(await (await fetch(`${httpUrl}/stats`)).json()).toMatchObject({
      connections: 1,
      published: 0,
    });
    const nowhere = await fetch(`${httpUrl}/nowhere`);
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toEqual({ error: expect.stringContaining('POST /publish') });
  });
});

describe('the log of what was published', () => {
  it('keeps the newest messages in order, of one bill too, and is bounded', async () => {
    const { log, publish, stats } = await startGateway({ logCapacity: 3 });
    for (const status of ['a', 'b', 'c', 'd'])
      publish(statusChange(status === 'b' ? 2 : 1, status));
    expect(log.messages()).toEqual([
      statusChange(2, 'b'),
      statusChange(1, 'c'),
      statusChange(1, 'd'),
    ]);
    expect(log.messages(1)).toEqual([statusChange(1, 'c'), statusChange(1, 'd')]);
    expect(stats()).toMatchObject({
      log: { size: 3, capacity: 3, appended: 4 },
      bills: { 1: { published: { status_change: 3 } }, 2: { published: { status_change: 1 } } },
    });
  });

  it('a log file that cannot be written is one line in the log, and nothing else', async () => {
    const gateway = await startGateway({ logFile: join(tmpdir(), 'no such folder', 'file') });
    gateway.publish([statusChange(1, 'a'), statusChange(1, 'b')]);
    expect(gateway.logLines.filter((line) => line.includes('log file'))).toHaveLength(1);
    expect(gateway.log.appended).toBe(2);
  });

  it('--log-file has every event with its place before anybody sees it, one line each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    try {
      const logFile = join(folder, 'published.jsonl');
      const gateway = await startGateway({ logFile });
      const client = await connect(gateway.url);
      await client.request({ type: 'subscribe', topic: '*' });
      const onDisk = async (): Promise<LoggedEvent[]> => {
        const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
        return lines.map((line) => JSON.parse(line) as LoggedEvent);
      };
      const presence = { type: 'presence_update', bill_id: 1, count: 3 };
      const messages = [
        statusChange(1, 'a'),
        metrics(2, 4),
        { ...presence, timestamp: '2026-01-02T03:04:05.000Z' },
      ];
      gateway.publish(messages);
      // A killed gateway closes nothing: what is there now has to be all.
      const events = await onDisk();
      expect(events).toEqual(gateway.log.events());
      expect(events.map(({ message }) => message)).toEqual(messages);
      expect(events.map(({ topic, seq }) => [topic, seq])).toEqual([
        ['bill:1', 1],
        ['bill:2', 1],
        ['discussion:1', null],
      ]);
      await client.settled();
      expect(client.received.slice(1, -1)).toEqual(messages);
      await gateway.stop();
      expect(await onDisk()).toEqual(events);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
