/** Reads a stream from where its sum was saved to its end. */

/** @typedef {import('../bus/stream-entry.js').StreamEntry} StreamEntry */

/**
 * @typedef {object} ReadStream
 * @property {string} epoch
 * @property {StreamEntry[]} entries Oldest first.
 * @property {number} from They come after it.
 * @property {number} through Everything up to here is among them.
 */

export const SLICE_EVENTS = 512;

/**
 * @param {import('../bus/bus.js').Bus} bus
 * @param {string} topic
 * @param {import('../bus/bus.js').Position | null} saved
 * @returns {Promise<ReadStream>}
 */
export async function readStream(bus, topic, saved) {
  let epoch = saved?.epoch ?? null;
  let from = saved?.seq ?? 0;
  let after = from;
  /** @type {StreamEntry[]} */
  const entries = [];
  for (;;) {
    const slice = await bus.replay(topic, null, after, SLICE_EVENTS);
    if (slice.epoch !== epoch) {
      // The numbers of another history say nothing about this one.
      const isFirst = epoch === null;
      epoch = slice.epoch;
      if (!isFirst) {
        from = after = 0;
        entries.length = 0;
        continue;
      }
    }
    entries.push(...slice.entries);
    const last = slice.entries.at(-1);
    if (slice.entries.length < SLICE_EVENTS) {
      const through = Math.max(after, slice.seq, Number(last?.seq ?? 0));
      return { epoch, entries, through, from };
    }
    after = Number(last?.seq);
  }
}
