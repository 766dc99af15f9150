/**
 * What the commands of dialect v2 work with, beyond those of v1.
 *
 * @typedef {object} OwnServices
 * @property {import('../../bus/bus.js').Bus} bus
 * @property {import('../../bus/applied-messages.js').AppliedMessages} appliedMessages
 * @property {import('./catch-up.js').CatchUp} catchUp
 * @property {import('./deflate.js').Deflate} deflate
 * @property {(work: () => void | Promise<void>, workId: string | null) => Promise<void> | null} storing As `Publisher.storing`.
 * @property {number} heartbeatIntervalMs
 * @property {number} maximumMessageBytes
 * @property {number} maximumInFlight
 * @property {number} newcomerEvents
 */

/** @typedef {import('../v1/services.js').DialectServices & OwnServices} ServicesV2 */

/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('../../events/fields.js').Fields} Fields */
/** @typedef {import('./session.js').Session} Session */

/**
 * Commands by type in snake_case. What waits answers with a promise; the connection's next frame waits, too.
 * @typedef {Record<string, (client: Client, session: Session, message: Fields) => void | Promise<void>>} CommandsV2
 */

export {};
