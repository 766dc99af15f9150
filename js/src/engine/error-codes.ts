// Mirrored from core/include/civic/engine/error_code.h; tests/wasm/abi.test.ts compares the two.

/** Names of the engine's errors; the index is the number that crosses the boundary. */
export const errorNames = [
  'ok',
  'invalid-config',
  'invalid-argument',
  'malformed-frame',
  'frame-too-large',
  'invalid-message',
  'nested-too-deep',
  'message-too-large',
  'not-connected',
  'outbox-full',
  'socket-failed',
  'connection-lost',
  'connection-refused',
  'attempts-exhausted',
  'heartbeat-timeout',
  'token-unavailable',
  'token-rejected',
  'server-error',
  'subscription-refused',
  'record-too-large',
  'events-dropped',
  'message-expired',
  'message-superseded',
  'message-rejected',
] as const;

/** Errors of the page's side, which the engine itself cannot report. */
type HostErrorName =
  | 'engine-load-failed'
  | 'engine-crashed'
  | 'engine-stopped'
  | 'bundle-unreadable'
  | 'recording-off'
  | 'too-many-subscriptions'
  | 'storage-unavailable'
  | 'push-unavailable'
  | 'push-denied'
  | 'push-failed';

/** What `code` of an `EngineError` can be; a newer engine may know more. */
export type EngineErrorCode = (typeof errorNames)[number] | HostErrorName | (string & {});

export function errorName(code: number): string {
  return errorNames[code] ?? `error-${code}`;
}
