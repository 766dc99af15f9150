/** What the gateway knows of one connection of dialect v2, beyond what it knows of every client. */

export class Session {
  /** True when `hello` was answered. */
  isGreeted = false;
  /** Frames that still have to be handled, oldest first. @type {{ data: Buffer, isBinary: boolean }[]} */
  frames = [];
  /** True while a frame is being handled. */
  isWorking = false;
  /** Messages that took effect and are not acknowledged yet. @type {(string | number)[]} */
  applied = [];
  /** True when they will be in this turn of the event loop. */
  acknowledgesSoon = false;
  /** Messages whose effect the bus still has to store. @type {Set<Promise<void>>} */
  underway = new Set();

  /**
   * @param {import('./cursors.js').Cursors} cursors
   * @param {string | null} token Shown with the handshake.
   */
  constructor(cursors, token) {
    this.cursors = cursors;
    this.token = token;
  }
}
