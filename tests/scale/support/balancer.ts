/** A plain load balancer: each connection goes to the next server that takes it. */

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Balancer {
  #server: Server;
  #next = 0;
  #sockets = new Set<Socket>();
  port = 0;

  /** @param ports Of the servers, on loopback. */
  constructor(private readonly ports: readonly number[]) {
    this.#server = createServer((socket) => this.#accept(socket, this.ports.length));
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket, attempts: number): void {
    this.#sockets.add(client);
    client.once('close', () => this.#sockets.delete(client));
    client.on('error', () => client.destroy());
    if (attempts === 0) {
      client.destroy();
      return;
    }
    const port = this.ports[this.#next++ % this.ports.length] as number;
    const server = connect(port, '127.0.0.1');
    let isConnected = false;
    server.once('connect', () => {
      isConnected = true;
      client.pipe(server).pipe(client);
    });
    server.on('error', () => {
      if (!isConnected) this.#accept(client, attempts - 1);
    });
    server.once('close', () => {
      if (isConnected) client.destroy();
    });
    client.once('close', () => server.destroy());
  }
}
