/** A text frame: its JSON, its bytes, and its deflated form, each made once however many clients get it. */

/**
 * @typedef {object} Sendable
 * @property {string} json
 * @property {Buffer} frame The text frame's payload.
 * @property {Buffer | null | undefined} [deflated] The payload of the binary frame; null when deflating does not pay.
 */

/** @typedef {Sendable & { stateKey: string }} SendableEvent What a newer one of the same key makes obsolete. */

/** @implements {Sendable} */
export class Frame {
  /** @type {Buffer | null} */
  #frame = null;
  /** Not known before it was tried. @type {Buffer | null | undefined} */
  deflated = undefined;

  /** @param {string} json */
  constructor(json) {
    this.json = json;
  }

  get frame() {
    this.#frame ??= Buffer.from(this.json);
    return this.#frame;
  }
}
