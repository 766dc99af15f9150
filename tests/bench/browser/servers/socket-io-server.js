import { once } from 'node:events';
import { createServer } from 'node:http';

import { Server } from 'socket.io';

import { whenTaken } from './when-taken.js';

/** Socket.IO with a room for every bill, as its documentation says; nothing but WebSocket, no compression. */
export class SocketIoServer {
  #http = createServer();
  #server;

  /** @param {string} origin */
  constructor(origin) {
    this.#server = new Server(this.#http, {
      transports: ['websocket'],
      cors: { origin },
      serveClient: false,
    });
    this.#server.on('connection', (socket) => {
      socket.on('subscribe', (/** @type {number[]} */ bills, /** @type {() => void} */ confirm) => {
        void socket.join(bills.map(roomOf));
        confirm();
      });
    });
  }

  async start() {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#http.address());
    return `http://127.0.0.1:${port}`;
  }

  /** @param {Record<string, unknown>[]} messages Resolves when the client has taken most of what it was sent. */
  async publish(messages) {
    for (const message of messages) {
      this.#server.to(roomOf(Number(message['bill_id']))).emit('bill_update', message);
    }
    // The transport's WebSocket, and what waits in front of it.
    await whenTaken(() =>
      [...this.#server.sockets.sockets.values()].map(({ conn }) => {
        const { socket } = /** @type {{ socket: import('ws').WebSocket }} */ (
          /** @type {unknown} */ (conn.transport)
        );
        return socket.bufferedAmount + conn['writeBuffer'].length * 256;
      }),
    );
  }

  stats() {
    let subscriptions = 0;
    for (const [room, members] of this.#server.sockets.adapter.rooms) {
      if (room.startsWith('bill:')) subscriptions += members.size;
    }
    return { subscriptions, dropped: 0 };
  }
}

/** @param {number} bill */
function roomOf(bill) {
  return `bill:${bill}`;
}
