// Loaded only where performance.measure is on.
import type { Measure } from './measure.js';

type MessageHandler = WebSocket['onmessage'];

/** Sockets of the class `base` whose `onmessage` is measured as `ingest`; to be used in its place. */
export function measuredSockets(base: typeof WebSocket, measure: Measure): typeof WebSocket {
  return new Proxy(base, {
    construct: (target, [url, protocols]: [string | URL, string | string[] | undefined]) => {
      const socket = new target(url, protocols);
      measureMessages(socket, measure);
      return socket;
    },
  });
}

function measureMessages(socket: WebSocket, measure: Measure): void {
  let handler: MessageHandler = null;
  Object.defineProperty(socket, 'onmessage', {
    get: () => handler,
    set(given: MessageHandler) {
      handler =
        given === null
          ? null
          : (event: MessageEvent<string | ArrayBuffer>) => {
              measure('ingest', sizeOf(event.data), () => {
                given.call(socket, event);
              });
            };
      // The platform's sockets call what their class was given; others, such as deflating ones, ask for `onmessage`.
      Reflect.set(Object.getPrototypeOf(socket) as object, 'onmessage', handler, socket);
    },
  });
}

function sizeOf(data: string | ArrayBuffer): string {
  return typeof data === 'string'
    ? `a text of ${String(data.length)} characters`
    : `${String(data.byteLength)} bytes`;
}
