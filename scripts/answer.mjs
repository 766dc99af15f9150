/**
 * Asks servers of the demo whether they really answer, as a browser would.
 */
import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
const ATTEMPT_TIMEOUT_MS = 2000;

/**
 * Repeats a question until it is answered with yes.
 *
 * @param {() => Promise<boolean>} ask
 * @param {AbortSignal} signal ends the waiting, which then rejects with the signal's reason
 */
export async function untilAnswered(ask, signal) {
  while (!(await ask())) {
    signal.throwIfAborted();
    await delay(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  signal.throwIfAborted();
}

/**
 * Whether an HTTP server answers this address with success.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export function answersHttp(url) {
  return new Promise((resolve) => {
    const request = get(url, { timeout: ATTEMPT_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}

/**
 * Whether a WebSocket server accepts a page of this origin.
 *
 * @param {string} url `ws://…`
 * @param {string} origin
 * @param {string} protocol
 * @returns {Promise<boolean>}
 */
export function answersWebSocket(url, origin, protocol) {
  return new Promise((resolve) => {
    const request = get(url.replace(/^ws/, 'http'), {
      timeout: ATTEMPT_TIMEOUT_MS,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        Origin: origin,
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        'Sec-WebSocket-Protocol': protocol,
      },
    });
    request.on('upgrade', (_response, socket) => {
      socket.on('error', () => {});
      socket.destroy();
      resolve(true);
    });
    request.on('response', (response) => {
      response.resume();
      // 401: it is up, and wants a token, which is for the page to have.
      resolve(response.statusCode === 401);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}
