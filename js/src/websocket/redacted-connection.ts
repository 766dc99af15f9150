import type { ConnectionSnapshot } from '../engine/client.js';
import type { TokenSource } from './token-source.js';

/** The change without tokens: a server may repeat one in its reasons. */
export function redactedConnection(
  change: ConnectionSnapshot,
  tokens: Pick<TokenSource, 'redact'>,
): ConnectionSnapshot {
  const { reason, error } = change;
  if (reason === undefined && error === undefined) return change;
  return Object.freeze({
    ...change,
    ...(reason === undefined ? {} : { reason: tokens.redact(reason) }),
    ...(error === undefined
      ? {}
      : { error: Object.freeze({ ...error, message: tokens.redact(error.message) }) }),
  });
}
