import { EngineError } from '../engine/engine-error.js';
import type { WebSocketConfig } from '../types.js';
import { describeValue } from './configuration-error.js';
import { isThisMachine } from './this-machine.js';

/** Throws when the configured connection would show the user's token to everybody on the way, and says why. */
export function checkTokenTransport({ url, auth, security }: WebSocketConfig): void {
  const { protocol, hostname } = new URL(url);
  const isExposed = auth === 'query' && protocol === 'ws:' && !isThisMachine(hostname);
  if (!isExposed || security.allowInsecureToken) return;
  throw new EngineError(
    'invalid-config',
    `websocket.url is ${describeValue(url)}, and the token would be part of that address, which is not encrypted. Use a ` +
      'wss: address, or set websocket.security.allowInsecureToken to true where nobody can listen.',
  );
}
