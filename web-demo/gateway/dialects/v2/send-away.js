/** Closes a connection whose wish can be met later, and says when. */

import { isoNow } from '../../clock.js';
import { closingReason } from '../../connections/closing-reason.js';

const CLOSE_OVERLOADED = 1013;

/**
 * @param {{ clock: import('../../clock.js').Clock, counters: import('../../stats/counters.js').Counters }} services
 * @param {import('../../connections/client.js').Client} client
 * @param {{ message: string, retryAfterMs: number }} reason
 */
export function sendAway({ clock, counters }, client, { message, retryAfterMs }) {
  if (!client.isOpen) return;
  counters.refusedOverload += 1;
  client.reply({ type: 'heartbeat', retryAfter: retryAfterMs, timestamp: isoNow(clock) });
  client.close(CLOSE_OVERLOADED, closingReason(message));
}
