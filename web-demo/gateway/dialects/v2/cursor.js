/** How far one connection has been brought along one stream. */

export class Cursor {
  /**
   * @param {string} topic
   * @param {import('../../events/filters.js').Filters | null} filters
   */
  constructor(topic, filters) {
    this.topic = topic;
    this.filters = filters;
    this.epoch = '';
    /** The position the page has when it has read everything: of the event sent last. */
    this.sent = 0;
    /** Everything up to here was sent, or is not for this page. */
    this.read = 0;
    /** The newest event that the bus brought. */
    this.seen = 0;
    /** Events up to here are history: the page did not ask for them by a position. */
    this.historyThrough = 0;
    /** True when the page was told where it starts. */
    this.hasBegun = false;
    /** True when the next event of the stream can be sent as it comes; otherwise it is read from the bus later. */
    this.isLive = false;
  }

  /**
   * @param {string} epoch
   * @param {number} start
   * @param {number} historyThrough
   */
  startAt(epoch, start, historyThrough) {
    this.epoch = epoch;
    this.sent = start;
    this.read = start;
    this.historyThrough = historyThrough;
  }

  /**
   * The bus lost the stream's history. The page notices by the epoch of the next event, and asks again.
   * @param {string} epoch
   * @param {number} start
   */
  startAnew(epoch, start) {
    this.startAt(epoch, start, 0);
    this.seen = start;
    this.isLive = false;
  }
}
