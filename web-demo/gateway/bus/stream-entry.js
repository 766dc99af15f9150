/** An event with its place in its stream. */

export class StreamEntry {
  /**
   * What a dialect made of it for all who need the same text; only the dialect looks at it.
   * @type {import('../dialects/v2/wire-event.js').WireTexts | null}
   */
  wire = null;

  /**
   * @param {import('../events/event.js').GatewayEvent} event
   * @param {string | null} epoch
   * @param {number | null} seq Null for what is not kept.
   * @param {string | null} origin The connection that caused it.
   */
  constructor(event, epoch, seq, origin) {
    this.event = event;
    this.epoch = epoch;
    this.seq = seq;
    this.origin = origin;
  }

  /** The stream it belongs to, or would. */
  get topic() {
    return this.event.topic;
  }
}
