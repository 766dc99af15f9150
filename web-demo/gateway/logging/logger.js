/**
 * Short lines for people, one per event of interest. A logger never sees tokens or URLs: callers
 * pass sentences they made themselves, never text that came from a request.
 */

export const LOG_LEVELS = /** @type {const} */ (['silent', 'error', 'info', 'debug']);

/** @typedef {(typeof LOG_LEVELS)[number]} LogLevel */

/**
 * @typedef {object} Logger
 * @property {(text: string) => void} error
 * @property {(text: string) => void} info
 * @property {(text: string) => void} debug
 */

/**
 * @param {LogLevel} level Everything up to this level is written.
 * @param {(line: string) => void} write Takes one line without its line end.
 * @param {() => number} now Milliseconds since the Unix epoch.
 * @returns {Logger}
 */
export function createLogger(level, write, now) {
  const allowed = LOG_LEVELS.indexOf(level);
  /** @param {LogLevel} lineLevel */
  const writer = (lineLevel) => (/** @type {string} */ text) => {
    if (LOG_LEVELS.indexOf(lineLevel) > allowed) return;
    const time = new Date(now()).toISOString().slice(11, 23);
    write(`${time} ${lineLevel.padEnd(5)} ${oneLine(text)}`);
  };
  return { error: writer('error'), info: writer('info'), debug: writer('debug') };
}

/**
 * @param {string} text
 * @returns {string} The text without control characters, so that a client cannot forge log lines.
 */
function oneLine(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
