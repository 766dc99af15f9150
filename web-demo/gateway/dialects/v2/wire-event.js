/**
 * An event as dialect v2 sends it: the message with its place in its stream. The text is made once for
 * all clients that need the same one; who was not sent the event before it needs one of their own.
 */

import { Frame } from '../../connections/frame.js';

/** @typedef {import('../../bus/stream-entry.js').StreamEntry} StreamEntry */
/** @typedef {import('../../events/event.js').GatewayEvent} GatewayEvent */

/** Said by the gateway, whatever the publisher wrote. */
const OWN_MEMBERS = ['topic', 'epoch', 'seq', 'previous', 'history'];

class WireEvent extends Frame {
  /**
   * @param {string} json
   * @param {string} stateKey
   */
  constructor(json, stateKey) {
    super(json);
    this.stateKey = stateKey;
  }
}

/** What is shared of one entry. */
export class WireTexts {
  /** @param {GatewayEvent} event */
  constructor(event) {
    /** The members of the message, after the opening brace. */
    this.members = membersOf(event);
    /** @type {WireEvent | null} */
    this.news = null;
    /** @type {WireEvent | null} */
    this.history = null;
  }
}

/**
 * @typedef {object} Telling How one client is told.
 * @property {string | null} epoch The entry's, unless the client has an epoch of its own.
 * @property {number | null} previous Null when it is the number before.
 * @property {boolean} isHistory
 */

/**
 * @param {StreamEntry} entry
 * @param {Telling} telling
 * @returns {WireEvent}
 */
export function wireEvent(entry, { epoch, previous, isHistory }) {
  const texts = (entry.wire ??= new WireTexts(entry.event));
  const isShared = previous === null && epoch === entry.epoch;
  const known = isHistory ? texts.history : texts.news;
  if (isShared && known !== null) return known;
  const { event, topic, seq } = entry;
  const place =
    seq === null
      ? ''
      : `"epoch":${JSON.stringify(epoch)},"seq":${seq},` +
        (previous === null ? '' : `"previous":${previous},`);
  const history = isHistory ? '"history":true,' : '';
  const json = `{"topic":${JSON.stringify(topic)},${place}${history}${texts.members}`;
  const made = new WireEvent(json, event.stateKey);
  if (!isShared) return made;
  if (isHistory) texts.history = made;
  else texts.news = made;
  return made;
}

/**
 * @param {StreamEntry} entry
 * @returns {WireEvent} As most clients get it.
 */
export function sharedWireEvent(entry) {
  return wireEvent(entry, { epoch: entry.epoch, previous: null, isHistory: false });
}

/**
 * @param {GatewayEvent} event
 * @returns {string}
 */
function membersOf({ json, message }) {
  if (!OWN_MEMBERS.some((name) => Object.hasOwn(message, name))) return json.slice(1);
  const others = Object.entries(message).filter(([name]) => !OWN_MEMBERS.includes(name));
  return JSON.stringify(Object.fromEntries(others)).slice(1);
}
