/**
 * Asks servers of the demo whether they really answer, as a browser would.
 */
import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
const ATTEMPT_TIMEOUT_MS = 2000;

/**
 * What a server said: nothing to complain about, or why it cannot be used (yet).
 *
 * @typedef {null | string} Answer
 */

/**
 * Repeats a question until there is nothing to complain about.
 *
 * @param {() => Promise<Answer>} ask
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<Answer>} the last answer
 */
export async function untilAnswered(ask, signal) {
  for (;;) {
    const answer = await ask();
    if (answer === null || signal.aborted) return answer;
    await delay(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

/**
 * Asks for a page of an HTTP server.
 *
 * @param {string} url
 * @returns {Promise<Answer>}
 */
export function answersHttp(url) {
  return new Promise((resolve) => {
    const request = get(url, { timeout: ATTEMPT_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? null : `it answers with status ${response.statusCode}`);
    });
    request.on('timeout', () => request.destroy(new Error('it takes too long')));
    request.on('error', (error) => resolve(describeError(error)));
  });
}

/**
 * Asks a WebSocket server to accept a page of this origin.
 *
 * @param {string} url `ws://…`
 * @param {string} origin
 * @param {string} protocol
 * @returns {Promise<Answer>}
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
      resolve(null);
    });
    request.on('response', (response) => {
      response.resume();
      // 401: it is up, and wants a token, which is for the page to have.
      const { statusCode } = response;
      resolve(statusCode === 401 ? null : `it refuses the page with status ${statusCode}`);
    });
    request.on('timeout', () => request.destroy(new Error('it takes too long')));
    request.on('error', (error) => resolve(describeError(error)));
  });
}

/** @param {Error} error connecting to several addresses fails with several errors */
function describeError(error) {
  return error instanceof AggregateError
    ? error.errors.map(({ message }) => message).join(', ')
    : error.message;
}
