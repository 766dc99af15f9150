/**
 * The newest events of each subject, however old: a second stream of JetStream, which takes them from the
 * first. What history lets go it lets go by age and by size, whatever the subject; so only who knows what was
 * last before can tell a page that was away for long whether it missed anything.
 */

import { STORED } from './subjects.js';

/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */

const ENDS = 'CIVIC_ENDS';
/** Of each subject. One that has more in history is not quiet, and whoever is away for so long has missed some. */
const KEPT_EVENTS = 4;
const NOT_FOUND = 10059;
const NAME_IN_USE = 10058;
const SOURCE_HEADER = 'Nats-Stream-Source';
const DESCRIPTION = /^ends of (\S+) from (\d+)$/;

export class Ends {
  /** @type {JetStreamManager | null} */
  #manager = null;
  /** Of what was stored before this number it knows nothing. */
  #from = 0;

  /**
   * Makes the stream when there is none, or the one of another history.
   * @param {JetStreamManager} manager
   * @param {import('@nats-io/jetstream').StreamInfo} history
   * @param {string} epoch Of the history.
   */
  async open(manager, { config, state }, epoch) {
    this.#manager = null;
    let from = await this.#provide(manager, config, epoch);
    if (from === null) {
      from = Math.max(1, state.first_seq);
      await create(manager, config, `ends of ${epoch} from ${from}`);
    }
    this.#from = from;
    this.#manager = manager;
  }

  /**
   * @param {string} subject
   * @param {number} seq
   * @returns {Promise<number | null>} A number below `seq`, after which the subject had no event before `seq`; null: that is not known.
   */
  async before(subject, seq) {
    const manager = this.#manager;
    if (manager === null) return null;
    const kept = await newestOf(manager, subject);
    const earlier = kept.filter((number) => number < seq);
    if (earlier.length > 0) return Math.max(...earlier);
    // Where there is room for more, nothing was pushed out.
    return kept.length < KEPT_EVENTS ? Math.min(this.#from, seq) - 1 : null;
  }

  /**
   * @param {JetStreamManager} manager
   * @param {import('@nats-io/jetstream').StreamConfig} history
   * @param {string} epoch
   * @returns {Promise<number | null>} From where on the stream that is there knows; null when it has to be made.
   */
  async #provide(manager, history, epoch) {
    try {
      const { config } = await manager.streams.info(ENDS);
      const [, of, from] = DESCRIPTION.exec(config.description ?? '') ?? [];
      if (of === epoch && from !== undefined) {
        if (config.num_replicas !== history.num_replicas)
          await manager.streams.update(ENDS, { ...config, num_replicas: history.num_replicas });
        return Number(from);
      }
      await manager.streams.delete(ENDS);
    } catch (error) {
      if (/** @type {{ code?: unknown }} */ (error).code !== NOT_FOUND) throw error;
    }
    return null;
  }
}

/**
 * @param {JetStreamManager} manager
 * @param {import('@nats-io/jetstream').StreamConfig} history
 * @param {string} description
 */
async function create(manager, history, description) {
  const config = {
    name: ENDS,
    description,
    sources: [{ name: history.name }],
    retention: 'limits',
    storage: 'file',
    discard: 'old',
    num_replicas: history.num_replicas,
    max_msgs_per_subject: KEPT_EVENTS,
  };
  try {
    await manager.streams.add(/** @type {any} */ (config));
  } catch (error) {
    // Another gateway was faster, with the same words or a moment later.
    if (/** @type {{ code?: unknown }} */ (error).code !== NAME_IN_USE) throw error;
  }
}

/**
 * @param {JetStreamManager} manager
 * @param {string} subject
 * @returns {Promise<number[]>} Numbers of its newest events, oldest first.
 */
async function newestOf(manager, subject) {
  /** @type {number[]} */
  const numbers = [];
  for (let next = 1; numbers.length < KEPT_EVENTS;) {
    const query = { seq: next, next_by_subj: `${STORED}${subject}` };
    const message = await manager.streams.getMessage(ENDS, /** @type {any} */ (query));
    if (message === null) break;
    numbers.push(numberOf(message));
    next = message.seq + 1;
  }
  return numbers;
}

/**
 * @param {import('@nats-io/jetstream').StoredMsg} message
 * @returns {number} Which it has in history.
 */
function numberOf({ header }) {
  // Stream and number; newer servers say more after them.
  return Number(header.get(SOURCE_HEADER).split(' ')[1]);
}
