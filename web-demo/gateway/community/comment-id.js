/** Ids of comments that the gateway gives. */

import { createHash } from 'node:crypto';

const CHARACTERS = 16;

/**
 * @param {string | null} gatewayId Null where the gateway is the only one, and its counting is enough.
 * @param {string | null} workId Of the work that publishes the comment: the same when it is sent again.
 * @param {number} count Of the comments this gateway has named.
 * @returns {string} Among gateways that share a bus no two comments have the same, and a comment that is sent again has it again.
 */
export function commentId(gatewayId, workId, count) {
  if (gatewayId === null) return `c-${count}`;
  const identity = `${workId ?? gatewayId} ${workId === null ? count : ''}`;
  return `c-${createHash('sha256').update(identity).digest('base64url').slice(0, CHARACTERS)}`;
}
