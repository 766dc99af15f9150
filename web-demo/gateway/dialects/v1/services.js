/**
 * What the commands of the dialect work with.
 *
 * @typedef {object} DialectServices
 * @property {import('../../fan-out.js').FanOut} fanOut
 * @property {import('../../bills.js').Bills} bills
 * @property {import('../../community/community.js').Community} community
 * @property {import('../../notifications/mailboxes.js').Mailboxes} mailboxes
 * @property {import('../../notifications/preferences.js').Preferences} preferences
 * @property {import('../../users.js').Users} users
 * @property {import('../../admission.js').Admission} admission
 * @property {import('../../token-watch.js').TokenWatch} tokenWatch
 * @property {import('../../counters.js').Counters} counters
 * @property {import('../../clock.js').Clock} clock
 * @property {import('../../logger.js').Logger} logger
 * @property {(message: Fields, except?: Client) => void} publish To everyone concerned but `except`.
 * @property {number} historySize
 * @property {number} maximumSubscriptions Per client.
 */

/** @typedef {import('../../client.js').Client} Client */
/** @typedef {import('../../fields.js').Fields} Fields */

/** @typedef {Record<string, (client: Client, message: Fields) => void>} Commands By type in snake_case. */

/** @typedef {(client: Client, type: string, data: Fields, messageId: string | number | null) => void} Reply */

export {};
