/**
 * What a connection asks of the dialect it speaks.
 *
 * @typedef {object} Dialect
 * @property {'v1' | 'v2'} name
 * @property {(client: import('../connections/client.js').Client) => import('../connections/client.js').ClientSubscriptions} subscriptionsOf
 *   Of a new client; called once.
 * @property {(client: import('../connections/client.js').Client, token: string | null) => void} connected A token that was shown was accepted.
 * @property {(client: import('../connections/client.js').Client) => { code: number, reason: string } | null} awaits
 *   How a client is closed that has not said in time what it must; null when it has.
 * @property {(client: import('../connections/client.js').Client, data: Buffer, isBinary: boolean) => void} receive One frame.
 * @property {(entry: import('../bus/stream-entry.js').StreamEntry) => boolean} sparesOrigin
 *   True when who caused an event is not told of it.
 */

export {};
