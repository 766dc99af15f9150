/**
 * The seam to time. Feeds, batching and time limits take a clock as an argument, so that tests can
 * run them on virtual time. All times are milliseconds.
 *
 * @typedef {object} Clock
 * @property {() => number} now Milliseconds since the Unix epoch.
 * @property {(callback: () => void, delayMs: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/** @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer),
};

/** The last conversion; at high rates many messages share a millisecond. */
let lastMoment = 0;
let lastText = new Date(0).toISOString();

/**
 * @param {number} moment Milliseconds since the Unix epoch.
 * @returns {string} The moment as ISO 8601, in UTC.
 */
export function isoTime(moment) {
  if (moment !== lastMoment) {
    lastText = new Date(moment).toISOString();
    lastMoment = moment;
  }
  return lastText;
}

/**
 * @param {Clock} clock
 * @returns {string} The clock's present moment as ISO 8601, in UTC.
 */
export function isoNow(clock) {
  return isoTime(clock.now());
}
