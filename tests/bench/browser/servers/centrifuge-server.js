import { once } from 'node:events';

import { WebSocketServer } from 'ws';

import { whenTaken } from './when-taken.js';

/**
 * As much of Centrifugo's JSON protocol as centrifuge-js needs to connect, subscribe and receive publications:
 * https://centrifugal.dev/docs/transports/client_protocol. Commands and replies are lines of JSON.
 *
 * @typedef {{ id?: number, connect?: object, subscribe?: { channel: string } }} Command
 */
export class CentrifugeServer {
  /** @type {WebSocketServer | null} */
  #server = null;
  /** By channel. @type {Map<string, Set<import('ws').WebSocket>>} */
  #subscribers = new Map();

  async start() {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    this.#server = server;
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        for (const line of data.toString().split('\n')) {
          if (line !== '') this.#answer(socket, /** @type {Command} */ (JSON.parse(line)));
        }
      });
      socket.on('close', () => {
        for (const sockets of this.#subscribers.values()) sockets.delete(socket);
      });
    });
    await once(server, 'listening');
    return `ws://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  }

  /** @param {Record<string, unknown>[]} messages Resolves when the client has taken most of what it was sent. */
  async publish(messages) {
    for (const message of messages) {
      const channel = `bill:${message['bill_id']}`;
      const reply = JSON.stringify({ push: { channel, pub: { data: message } } });
      for (const socket of this.#subscribers.get(channel) ?? []) socket.send(reply);
    }
    const clients = this.#server?.clients ?? [];
    await whenTaken(() => [...clients].map(({ bufferedAmount }) => bufferedAmount));
  }

  stats() {
    let subscriptions = 0;
    for (const sockets of this.#subscribers.values()) subscriptions += sockets.size;
    return { subscriptions, dropped: 0 };
  }

  /**
   * @param {import('ws').WebSocket} socket
   * @param {Command} command
   */
  #answer(socket, { id, connect, subscribe }) {
    if (connect !== undefined) {
      socket.send(JSON.stringify({ id, connect: { client: 'bench', version: 'bench' } }));
    } else if (subscribe !== undefined) {
      const { channel } = subscribe;
      let sockets = this.#subscribers.get(channel);
      if (sockets === undefined) this.#subscribers.set(channel, (sockets = new Set()));
      sockets.add(socket);
      socket.send(JSON.stringify({ id, subscribe: {} }));
    }
  }
}
