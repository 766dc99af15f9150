import { WebSocket as NodeSocket } from 'ws';

/**
 * The WebSocket of the package `ws`, as a page would have it: an attempt that is refused ends with a `close` event. Its
 * `error` event is Node's, which ends the process when nobody listens.
 */
class PageLikeSocket extends NodeSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.on('error', () => undefined);
  }
}

export const NodeWebSocket = PageLikeSocket as unknown as typeof WebSocket;
