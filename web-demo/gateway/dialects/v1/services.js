/**
 * What the commands of the dialect work with.
 *
 * @typedef {object} DialectServices
 * @property {import('../../publishing/fan-out.js').FanOut} fanOut
 * @property {import('../../bills.js').Bills} bills
 * @property {import('../../community/community.js').Community} community
 * @property {import('../../notifications/mailboxes.js').Mailboxes} mailboxes
 * @property {import('../../notifications/preferences.js').Preferences} preferences
 * @property {import('../../access/users.js').Users} users
 * @property {import('../../access/admission.js').Admission} admission
 * @property {import('../../access/token-watch.js').TokenWatch} tokenWatch
 * @property {import('../../stats/counters.js').Counters} counters
 * @property {import('../../clock.js').Clock} clock
 * @property {import('../../logging/logger.js').Logger} logger
 * @property {(message: Fields, except?: Client) => void} publish To everyone concerned but `except`.
 * @property {(ready: Promise<void> | null, work: () => void) => void | Promise<void>} later As `Publisher.later`.
 * @property {number} historySize
 * @property {number} maximumSubscriptions Per client.
 */

/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('../../events/fields.js').Fields} Fields */

/**
 * Commands by type in snake_case. One that waits for the bus answers with a promise.
 * @typedef {Record<string, (client: Client, message: Fields) => void | Promise<void>>} Commands
 */

/** @typedef {(client: Client, type: string, data: Fields, messageId: string | number | null) => void} Reply */

export {};
