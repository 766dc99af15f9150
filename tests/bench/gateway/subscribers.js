/**
 * Pages in a process of their own: connections of dialect v2 that follow one bill and note when each event came.
 * They are connected to the gateways in turn. The parent talks over the channel `fork` makes.
 *
 * @typedef {{ kind: 'open', urls: string[], count: number, topic: string | null }
 *   | { kind: 'begin', events: number } | { kind: 'close' }} Request
 *   `topic` null follows nothing. After `begin`, the answer comes when everyone has got so many events.
 * @typedef {{ latenciesMs: number[] }} Received
 */

import { WebSocket } from 'ws';

/** @type {WebSocket[]} */
let sockets = [];
/** @type {number[]} */
let latenciesMs = [];
let awaited = Infinity;

/**
 * @param {string} url
 * @param {string | null} topic
 * @returns {Promise<void>} Settles when it is served.
 */
function open(url, topic) {
  const socket = new WebSocket(url, 'civic-engagement-v2', { perMessageDeflate: false });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`a connection was closed with ${code}`)));
    socket.on('open', () => {
      const data = { client: `page-${sockets.indexOf(socket)}` };
      socket.send(JSON.stringify({ type: 'hello', messageId: 'h', data }));
      if (topic !== null)
        socket.send(JSON.stringify({ type: 'subscribe', messageId: 's', topics: [{ topic }] }));
    });
    socket.on('message', (/** @type {Buffer} */ frame) => {
      const text = frame.toString('latin1');
      if (text.includes(topic === null ? '"type":"welcome"' : '"type":"subscribed"')) resolve();
      // A batch holds several. Parsing would cost more than everything else here.
      const now = performance.timeOrigin + performance.now();
      for (const [, sent] of text.matchAll(/"sentMs":([\d.]+)/g))
        latenciesMs.push(now - Number(sent));
      if (latenciesMs.length >= awaited) tell();
    });
  });
}

function tell() {
  awaited = Infinity;
  process.send?.({ latenciesMs });
  latenciesMs = [];
}

process.on('message', async (/** @type {Request} */ request) => {
  if (request.kind === 'open') {
    for (let index = 0; index < request.count; index += 1)
      await open(/** @type {string} */ (request.urls[index % request.urls.length]), request.topic);
    process.send?.({});
  } else if (request.kind === 'begin') {
    awaited = request.events * sockets.length;
    if (latenciesMs.length >= awaited) tell();
  } else {
    for (const socket of sockets) socket.removeAllListeners('close').terminate();
    sockets = [];
    latenciesMs = [];
    process.send?.({});
  }
});
