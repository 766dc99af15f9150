import { EngineError } from '../engine/engine-error.js';
import type { WebSocketConfig } from '../types.js';
import { describeValue } from './configuration-error.js';
import { isThisMachine } from './this-machine.js';

/** The part of `window.location` that decides what a page may connect to. */
export interface PageLocation {
  readonly protocol: string;
  readonly hostname: string;
  readonly origin: string;
}

/** Throws when this page must not or cannot open the configured connection, and says why. */
export function checkPage(config: WebSocketConfig, page = currentLocation()): void {
  if (page === undefined) return;
  const url = new URL(config.url);
  if (page.protocol === 'https:' && url.protocol === 'ws:' && !isThisMachine(url.hostname)) {
    throw new EngineError(
      'invalid-config',
      `websocket.url is ${describeValue(config.url)}, but this page came over https, and browsers let such a page ` +
        'open wss: connections only. Use a wss: address, or open the page over http while developing.',
    );
  }
  const { validateOrigin, allowedOrigins } = config.security;
  if (!validateOrigin || isThisMachine(page.hostname) || allowedOrigins.includes(page.origin))
    return;
  throw new EngineError(
    'invalid-config',
    `This page's origin is ${describeValue(page.origin)}, which is not in websocket.security.allowedOrigins ` +
      `${describeValue(allowedOrigins)}. Add it there, or set websocket.security.validateOrigin to false.`,
  );
}

function currentLocation(): PageLocation | undefined {
  return (globalThis as { location?: PageLocation }).location;
}
