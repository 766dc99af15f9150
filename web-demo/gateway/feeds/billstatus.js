/**
 * The feed that replays the real history of real bills from official BILLSTATUS XML of the United
 * States Government Publishing Office, all bills together in order of their dates. `speed` is days
 * per second, or `max`: as fast as clients take it. A message's `timestamp` is the historical moment.
 */

import { readBillFiles } from './billstatus/files.js';
import { countsOf, timelineOf } from './billstatus/timeline.js';

const DAY_MS = 86_400_000;
const CHUNK = 64;
const LOOP_PAUSE_MS = 1000;
const LONGEST_SLEEP_MS = 1000;
const SHORTEST_SLEEP_MS = 4;

/** @typedef {{ billId: number } & import('./billstatus/timeline.js').TimelineEntry} ReplayEntry */

/**
 * @param {Pick<import('../options/options.js').GatewayOptions, 'billstatus' | 'speed' | 'loop'>} options
 * @param {Pick<import('./feed.js').FeedServices, 'clock' | 'logger' | 'announce' | 'publish' | 'isCongested' | 'whenWritable'>} services
 * @returns {import('./feed.js').Producer}
 */
export function createBillStatusProducer({ billstatus, speed, loop }, services) {
  const { clock, logger, announce, publish, isCongested, whenWritable } = services;
  /** @type {ReplayEntry[]} */
  let entries = [];
  const totals = { bills: 0, actions: 0, amendments: 0, votes: 0 };
  let published = 0;
  let pass = 1;

  /** @param {ReplayEntry} entry */
  function publishEntry({ billId, moment, type, data }) {
    const own = pass === 1 ? data : { ...data, eventId: `${data.eventId}@${pass}`, pass };
    const timestamp = new Date(moment).toISOString();
    publish({ type: 'bill_update', bill_id: billId, update: { type, data: own }, timestamp });
    published += 1;
  }

  /** @param {AbortSignal} signal */
  async function replayAtFullSpeed(signal) {
    for (const [index, entry] of entries.entries()) {
      if (signal.aborted) return;
      publishEntry(entry);
      if (index % CHUNK === 0 || isCongested()) await whenWritable();
    }
  }

  /**
   * @param {AbortSignal} signal
   * @param {number} daysPerSecond
   */
  async function replayAtPace(signal, daysPerSecond) {
    const firstMoment = entries[0]?.moment ?? 0;
    const startedMs = clock.now();
    const historyPerMs = (daysPerSecond * DAY_MS) / 1000;
    let next = 0;
    while (next < entries.length && !signal.aborted) {
      const reached = firstMoment + (clock.now() - startedMs) * historyPerMs;
      for (let count = 0; count < CHUNK && !isCongested(); count += 1) {
        const entry = entries[next];
        if (entry === undefined || entry.moment > reached) break;
        publishEntry(entry);
        next += 1;
      }
      const following = entries[next];
      if (following === undefined) break;
      if (following.moment <= reached) await whenWritable();
      else {
        const untilNextMs = Math.ceil((following.moment - reached) / historyPerMs);
        await sleep(
          clock,
          signal,
          Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, untilNextMs)),
        );
      }
    }
  }

  return {
    source: 'billstatus',
    async load() {
      const documents = await readBillFiles(billstatus, logger);
      for (const document of documents) {
        const counts = countsOf(document);
        totals.bills += 1;
        totals.actions += counts.actions;
        totals.amendments += counts.amendments;
        totals.votes += counts.votes;
        announce(describeBill(document, counts));
        for (const entry of timelineOf(document))
          entries.push({ billId: document.name.id, ...entry });
      }
      entries = entries.sort((a, b) => a.moment - b.moment);
    },
    async run(signal) {
      for (pass = 1; !signal.aborted; pass += 1) {
        if (speed === 'max') await replayAtFullSpeed(signal);
        else await replayAtPace(signal, speed);
        if (signal.aborted) return;
        logger.info(`replay is at its end: ${describeTotals(totals)}`);
        if (!loop) return;
        await sleep(clock, signal, LOOP_PAUSE_MS);
      }
    },
    stats: () => ({ speed, loop, pass, published, entries: entries.length, ...totals }),
    describe: () =>
      `history of real bills: ${describeTotals(totals)}, ${speed === 'max' ? 'full speed' : `${speed} days a second`}`,
  };
}

/**
 * @param {import('./billstatus/document.js').BillDocument} document
 * @param {{ actions: number, amendments: number, votes: number }} counts
 * @returns {import('../bills.js').BillDescription}
 */
function describeBill({ name, title, sponsor, committee, introduced }, counts) {
  return {
    id: name.id,
    number: name.name,
    title,
    source: 'billstatus',
    status: null,
    sponsor,
    committee,
    introduced,
    congress: name.congress,
    counts,
  };
}

/** @param {{ bills: number, actions: number, amendments: number, votes: number }} totals */
function describeTotals({ bills, actions, amendments, votes }) {
  return `${bills} bills, ${actions} actions, ${amendments} amendments, ${votes} recorded votes`;
}

/**
 * @param {import('../clock.js').Clock} clock
 * @param {AbortSignal} signal Ends the sleep early.
 * @param {number} durationMs
 * @returns {Promise<void>}
 */
function sleep(clock, signal, durationMs) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = clock.setTimeout(done, durationMs);
    function done() {
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
