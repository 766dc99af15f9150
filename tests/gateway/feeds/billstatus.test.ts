import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nameBill } from '../../../web-demo/gateway/feeds/billstatus/bill-name.js';
import { readBillDocument } from '../../../web-demo/gateway/feeds/billstatus/document.js';
import { countsOf, timelineOf } from '../../../web-demo/gateway/feeds/billstatus/timeline.js';
import { washingtonMoment } from '../../../web-demo/gateway/feeds/billstatus/washington-time.js';
import { connect, postJson, startGateway, type RunningGateway } from '../support/fixture.js';
import type { Message, TestClient } from '../support/test-client.js';
import { VirtualClock } from '../support/virtual-clock.js';

const samples = fileURLToPath(new URL('samples', import.meta.url));
const OLDER = join(samples, 'BILLSTATUS-114s901.xml');
const NEWER = join(samples, 'BILLSTATUS-117hr902.xml');
const OLDER_ID = 114_200_901;
const NEWER_ID = 117_100_902;

const read = async (file: string) => readBillDocument(await readFile(file, 'utf8'));
const summary = (document: Awaited<ReturnType<typeof read>>): string[] =>
  timelineOf(document).map(({ moment, type, data }) => {
    const label = (data.newStatus ??
      data.amendmentNumber ??
      `roll ${String(data.rollNumber)}`) as string;
    return `${new Date(moment).toISOString()} ${type} ${label}`;
  });

describe('the numeric id of a bill', () => {
  it.each([
    ['114', 'HR', '22', 114_100_022, 'H.R. 22'],
    ['117', 's', '1260', 117_201_260, 'S. 1260'],
    ['114', 'HCONRES', '70', 114_500_070, 'H.Con.Res. 70'],
    ['115', 'SRES', '3', 115_800_003, 'S.Res. 3'],
  ])('%s %s %s is %i, %s', (congress, type, number, id, name) => {
    expect(nameBill(congress, type, number)).toMatchObject({ id, name });
  });

  it.each([
    ['', 'HR', '22', 'congress is missing; allowed: a number'],
    [
      '114',
      'XR',
      '22',
      'bill type is "XR"; allowed: hr, s, hjres, sjres, hconres, sconres, hres, sres',
    ],
    ['114', 'HR', '100000', 'bill number is "100000"; allowed: a number below 100000'],
  ])('"%s" "%s" "%s" is refused', (congress, type, number, message) => {
    expect(() => nameBill(congress, type, number)).toThrow(message);
  });
});

describe('the older generation of the schema', () => {
  it('actions, also repeated ones, in order; each vote before its passage; undated amendments near their numbers', async () => {
    const document = await read(OLDER);
    expect(countsOf(document)).toEqual({ actions: 6, amendments: 3, votes: 1 });
    expect(summary(document)).toEqual([
      '2015-02-03T05:00:00.000Z status_change introduced',
      '2015-02-03T05:00:00.000Z status_change in_committee',
      '2015-03-09T04:00:00.000Z status_change floor_debate',
      '2015-03-09T04:00:00.000Z status_change floor_debate',
      '2015-03-09T04:00:00.000Z amendment S.Amdt. 10',
      '2015-03-09T04:00:00.000Z amendment S.Amdt. 11',
      '2015-03-09T04:00:00.000Z amendment S.Amdt. 12',
      '2015-03-10T04:00:00.000Z status_change passed_senate',
      '2015-03-10T21:30:00.000Z voting_scheduled roll 77',
      '2015-07-02T20:05:00.000Z status_change passed_both',
    ]);
  });

  it('what a page is told of an action and of an amendment', async () => {
    const entries = timelineOf(await read(OLDER));
    expect(entries[1]?.data).toEqual({
      eventId: '114-s-901/action-2',
      kind: 'action',
      billNumber: 'S. 901',
      congress: 114,
      title: 'Lighthouse Preservation & Foghorn Act',
      newStatus: 'in_committee',
      oldStatus: 'introduced',
      description: 'Read twice and referred to the Committee on Lighthouses & Foghorns.',
      chamber: 'Senate',
      actionType: 'REFERRED TO COMMITTEE',
      date: '2015-02-03',
      committees: ['Lighthouses Committee'],
      source: 'Senate',
    });
    expect(entries[6]?.data).toEqual({
      eventId: '114-s-901/samdt-12',
      kind: 'amendment',
      billNumber: 'S. 901',
      congress: 114,
      title: 'Lighthouse Preservation & Foghorn Act',
      amendmentNumber: 'S.Amdt. 12',
      amendmentType: 'SAMDT',
      chamber: 'Senate',
      date: '2015-03-09',
      dateEstimated: true,
    });
  });
});

describe('the newer generation of the schema', () => {
  it('a vote that two actions tell of is one vote, before them', async () => {
    const document = await read(NEWER);
    expect(countsOf(document)).toEqual({ actions: 3, amendments: 1, votes: 1 });
    expect(summary(document)).toEqual([
      '2021-06-01T04:00:00.000Z status_change introduced',
      '2021-09-21T04:00:00.000Z amendment H.Amdt. 99',
      '2021-09-22T17:36:22.000Z voting_scheduled roll 270',
      '2021-09-22T17:36:22.000Z status_change passed_house',
      '2021-09-22T17:36:23.000Z status_change passed_house',
    ]);
  });

  it('fields that an amendment repeats count once, and its own votes are in its data', async () => {
    const amendment = timelineOf(await read(NEWER)).find(({ type }) => type === 'amendment');
    expect(amendment?.data).toEqual({
      eventId: '117-hr-902/hamdt-99',
      kind: 'amendment',
      billNumber: 'H.R. 902',
      congress: 117,
      title: 'Night Ferries Act',
      amendmentNumber: 'H.Amdt. 99',
      amendmentType: 'HAMDT',
      chamber: 'House',
      sponsor: 'Rep. Helm, Ada [R-AK]',
      purpose: 'To add a second ferry.',
      description: 'An amendment numbered 6 to add a second ferry.',
      date: '2021-09-21',
      amends: 'H.Amdt. 98',
      latestAction: { date: '2021-09-22', text: 'Agreed to by voice vote.' },
      votes: [
        {
          chamber: 'House',
          rollNumber: '269',
          date: '2021-09-22T16:00:00Z',
          url: 'https://votes.example/roll269.xml',
        },
      ],
    });
  });

  it('every event has an id of its own', async () => {
    const ids = [...timelineOf(await read(OLDER)), ...timelineOf(await read(NEWER))].map(
      ({ data }) => data.eventId,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('times', () => {
  it.each([
    ['2021-01-15', '', '2021-01-15T05:00:00.000Z'],
    ['2021-07-15', '', '2021-07-15T04:00:00.000Z'],
    ['2021-07-15', '23:59:59', '2021-07-16T03:59:59.000Z'],
    ['2021-07-15', '12:21AM', '2021-07-15T04:21:00.000Z'],
    ['2021-07-15', '12:47PM', '2021-07-15T16:47:00.000Z'],
  ])('%s %s in Washington is %s', (date, time, moment) => {
    expect(new Date(washingtonMoment(date, time) ?? 0).toISOString()).toBe(moment);
  });
});

describe('dangerous and broken files', () => {
  it.each([
    [
      '<!DOCTYPE x [<!ENTITY a "b">]><billStatus><bill>&a;</bill></billStatus>',
      /it declares entities of its own, which is refused/,
    ],
    ['<billStatus><bill></billStatus>', /./],
    ['<html></html>', /it has no billStatus\/bill element/],
    ['not XML', /./],
    ['', /./],
    [
      '<billStatus><bill><congress>114</congress><type>HR</type></bill></billStatus>',
      /bill number is missing/,
    ],
  ])('%s is refused with a reason', (xml, reason) => {
    expect(() => readBillDocument(xml)).toThrow(reason);
  });

  it('only the entities of XML are decoded', () => {
    const xml = (title: string) =>
      `<billStatus><bill><congress>1</congress><type>S</type><number>2</number><title>${title}</title></bill></billStatus>`;
    expect(readBillDocument(xml('a &amp;lt; &#233; &#xE9; &nbsp; &quot;b&quot; 007')).title).toBe(
      'a &lt; é é &nbsp; "b" 007',
    );
  });
});

/** What a page counts: updates by bill and type. */
function counts(client: TestClient): Record<string, number> {
  const result: Record<string, number> = {};
  for (const message of client.ofType('bill_update')) {
    const key = `${String(message.bill_id)} ${String(message.update.type)}`;
    result[key] = (result[key] ?? 0) + 1;
  }
  return result;
}

async function subscribeToAll(gateway: RunningGateway): Promise<TestClient> {
  const client = await connect(gateway.url);
  await client.request({ type: 'batch_subscribe', data: { bill_ids: [OLDER_ID, NEWER_ID] } });
  return client;
}

const finished = (gateway: RunningGateway) =>
  expect.poll(() => gateway.stats().feed.state).toBe('finished');

describe('the replay', () => {
  it('lists its bills with what their files hold', async () => {
    const { httpUrl } = await startGateway({ billstatus: [samples], paused: true });
    expect(await (await fetch(`${httpUrl}/bills`)).json()).toEqual({
      source: 'billstatus',
      bills: [
        {
          id: OLDER_ID,
          number: 'S. 901',
          title: 'Lighthouse Preservation & Foghorn Act',
          source: 'billstatus',
          status: null,
          sponsor: 'Sen. Keeper, Ida [I-ME]',
          committee: 'Lighthouses Committee',
          introduced: '2015-02-03',
          congress: 114,
          counts: { actions: 6, amendments: 3, votes: 1 },
        },
        {
          id: NEWER_ID,
          number: 'H.R. 902',
          title: 'Night Ferries Act',
          source: 'billstatus',
          status: null,
          sponsor: 'Rep. Oarsman, Pál [D-WA-2]',
          committee: 'Ferries Committee',
          introduced: '2021-06-01',
          congress: 117,
          counts: { actions: 3, amendments: 1, votes: 1 },
        },
      ],
    });
  });

  it('at full speed starts when enough bills are followed, and everything arrives, once and in order', async () => {
    const gateway = await startGateway({
      billstatus: [OLDER, NEWER],
      speed: 'max',
      waitForSubscribers: 2,
    });
    const early = await connect(gateway.url);
    await early.subscribe(OLDER_ID);
    expect(gateway.stats().feed).toMatchObject({ state: 'waiting', published: 0 });
    const client = await subscribeToAll(gateway);
    await finished(gateway);
    await client.settled();
    expect(client.received[0]?.type).toBe('batch_subscribe_confirmation');
    expect(counts(client)).toEqual({
      [`${OLDER_ID} status_change`]: 6,
      [`${OLDER_ID} amendment`]: 3,
      [`${OLDER_ID} voting_scheduled`]: 1,
      [`${NEWER_ID} status_change`]: 3,
      [`${NEWER_ID} amendment`]: 1,
      [`${NEWER_ID} voting_scheduled`]: 1,
    });
    const moments = client.ofType('bill_update').map(({ timestamp }) => timestamp as string);
    expect(moments).toEqual([...moments].sort());
    expect(gateway.bills().map(({ status }) => status)).toEqual(['passed_both', 'passed_house']);
  });

  it('waits for POST /feed/start when paused', async () => {
    const gateway = await startGateway({ billstatus: [NEWER], speed: 'max', paused: true });
    const client = await subscribeToAll(gateway);
    expect(gateway.stats().feed).toMatchObject({ state: 'waiting', published: 0 });
    expect(await postJson(`${gateway.httpUrl}/feed/start`, '')).toEqual({
      status: 200,
      body: { state: 'running' },
    });
    await client.until(() => client.ofType('bill_update').length === 5);
  });

  it('at a pace, days pass as asked', async () => {
    const clock = new VirtualClock();
    const gateway = await startGateway({ billstatus: [NEWER], speed: 10, clock });
    await clock.advance(1000);
    // From introduction to the amendment 112 days pass, and to passage 113.5: over 11 and 12 seconds.
    await clock.advance(10_000);
    expect(gateway.log.messages().map(({ update }) => (update as Message).type)).toEqual([
      'status_change',
    ]);
    await clock.advance(300);
    expect(gateway.log.messages().map(({ update }) => (update as Message).type)).toEqual([
      'status_change',
      'amendment',
    ]);
    await clock.advance(200);
    expect(gateway.log.messages()).toHaveLength(5);
    expect(gateway.stats().feed.state).toBe('finished');
  });

  it('--loop starts again, and tells the passes apart', async () => {
    const clock = new VirtualClock();
    const gateway = await startGateway({ billstatus: [NEWER], speed: 100_000, loop: true, clock });
    await clock.advance(1300);
    const ids = gateway.log
      .messages()
      .map(({ update }) => (update as Message).data.eventId as string);
    expect(ids.slice(0, 2)).toEqual(['117-hr-902/action-1', '117-hr-902/hamdt-99']);
    expect(ids.slice(5, 7)).toEqual(['117-hr-902/action-1@2', '117-hr-902/hamdt-99@2']);
  });
});

describe('bad files among good ones', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are each named with the reason, and the others still work', async () => {
    await copyFile(NEWER, join(folder, 'good.xml'));
    await copyFile(NEWER, join(folder, 'same.xml'));
    await writeFile(
      join(folder, 'bad.xml'),
      '<billStatus><bill><congress>114</congress></bill></billStatus>',
    );
    await writeFile(join(folder, 'not-a-bill.txt'), 'is not looked at');
    const gateway = await startGateway({ billstatus: [folder], paused: true });
    expect(gateway.bills().map(({ id }) => id)).toEqual([NEWER_ID]);
    const errors = gateway.logLines
      .filter((line) => line.includes(' error '))
      .map((line) => line.replace(/^\S+ error +/, ''));
    expect(errors).toEqual([
      `${join(folder, 'bad.xml')} is left out: bill type is missing; allowed: hr, s, hjres, sjres, hconres, sconres, hres, sres`,
      `${join(folder, 'same.xml')} is left out: it is H.R. 902 of the 117th Congress, as is ${join(folder, 'good.xml')}`,
    ]);
  });

  it('when no file is readable, the gateway does not start', async () => {
    await expect(startGateway({ billstatus: [folder] })).rejects.toThrow(
      `--billstatus is ${folder}, where no bill could be read from 0 files; allowed: BILLSTATUS XML files, or folders with them`,
    );
  });
});
