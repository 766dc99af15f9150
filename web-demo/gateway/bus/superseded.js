/** Why an event was not published that had to come right after another one: something else came first. */

export class Superseded extends Error {
  /** @override */
  name = 'Superseded';

  /** @param {number} newest The number of the newest event of its topic; 0 when there is none. */
  constructor(newest) {
    super(`event ${newest} was published before`);
    this.newest = newest;
  }
}
