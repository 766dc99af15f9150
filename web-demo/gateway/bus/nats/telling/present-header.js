/** How many follow a topic at a gateway, as the header of a message that is no event. */

/**
 * @typedef {object} PresentHere
 * @property {string} gateway
 * @property {number} count
 * @property {boolean} asks The others are to tell theirs.
 */

/**
 * @param {PresentHere} present
 * @returns {string}
 */
export function writePresent({ gateway, count, asks }) {
  return `${gateway} ${count}${asks ? ' ?' : ''}`;
}

/**
 * @param {string} text
 * @returns {PresentHere}
 */
export function readPresent(text) {
  const [gateway = '', count, asks] = text.split(' ');
  return { gateway, count: Number(count), asks: asks === '?' };
}
