/**
 * Who people are. The token names the user, as befits a demo: whoever shows the same one is the same
 * person. Without a token every connection of dialect v1 is a guest of its own; in dialect v2 the client
 * says that it is the same one again. Others never learn the token: the id is the beginning of its
 * SHA-256, which also stays the same when the gateway starts again.
 */

import { createHash } from 'node:crypto';
import { BoundedMap } from '../bounded-map.js';
import { nameIn } from './tokens.js';

/**
 * @typedef {object} User
 * @property {string} id What others are told.
 * @property {string} name
 * @property {boolean} isGuest Known for one connection only.
 */

/**
 * Whoever acts: a connection or a simulated person.
 * @typedef {object} Actor
 * @property {User} user
 */

const MAXIMUM_USERS = 10_000;
const ID_DIGITS = 12;

export const LONGEST_NAME_CHARACTERS = 64;

export class Users {
  /** @type {BoundedMap<string, User>} */
  #byId = new BoundedMap(MAXIMUM_USERS);
  #count = 0;
  #guests;

  /** @param {string | null} [gatewayId] Where guests of other gateways are somebody else. */
  constructor(gatewayId = null) {
    this.#guests = gatewayId === null ? 'guest' : `guest-${gatewayId}`;
  }

  /** @returns {User} */
  guest() {
    this.#count += 1;
    return { id: `${this.#guests}-${this.#count}`, name: `Guest ${this.#count}`, isGuest: true };
  }

  /**
   * @param {string} token
   * @returns {User}
   */
  ofToken(token) {
    return this.#known('user', nameIn(token));
  }

  /**
   * @param {string} client What a client without a token calls itself, over all its connections.
   * @returns {User}
   */
  ofClient(client) {
    return this.#known('guest', client);
  }

  /**
   * The id of a client without a token that may be gone.
   * @param {string} client
   * @returns {string}
   */
  idOfClient(client) {
    return idOf('guest', client);
  }

  /**
   * @param {'user' | 'guest'} kind
   * @param {string} secret
   */
  #known(kind, secret) {
    const id = idOf(kind, secret);
    return this.#byId.getOrSet(id, () => {
      this.#count += 1;
      return { id, name: `Guest ${this.#count}`, isGuest: false };
    });
  }
}

/**
 * @param {'user' | 'guest'} kind
 * @param {string} secret
 */
function idOf(kind, secret) {
  const digest = createHash('sha256').update(`civic-gateway ${kind} ${secret}`).digest('hex');
  return `${kind}-${digest.slice(0, ID_DIGITS)}`;
}

/** Nobody yet: a connection that has not said who it is. @type {User} */
export const NOBODY = Object.freeze({ id: '', name: '', isGuest: false });
