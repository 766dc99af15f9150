/** A real `nats-server` with JetStream: on loopback, with a store of its own, ended by its process id. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../browser/support/free-port.js';

const POLL_INTERVAL_MS = 20;

export interface NatsServerOptions {
  /** Lines of its configuration, in addition. */
  configuration?: string;
  /** How much JetStream may store. */
  maximumFileBytes?: number;
  port?: number;
  jetStream?: boolean;
}

export class NatsServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'civic-nats-'));
  port = 0;
  #process: ChildProcess | null = null;
  #log = '';

  constructor(private readonly options: NatsServerOptions = {}) {}

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  get log(): string {
    return this.#log;
  }

  /** Starts it, or starts it again with what it has stored. */
  async start(
    configuration = this.options.configuration ?? '',
    maximumFileBytes = this.options.maximumFileBytes ?? 4 * 1024 ** 3,
  ): Promise<this> {
    this.port ||= this.options.port ?? (await freePort());
    const { jetStream = true } = this.options;
    const file = join(this.folder, 'nats.conf');
    const lines = [
      `listen: 127.0.0.1:${this.port}`,
      ...(jetStream
        ? [
            `jetstream { store_dir: "${this.folder}", max_mem: ${64 * 1024 ** 2}, max_file: ${maximumFileBytes} }`,
          ]
        : []),
      configuration,
    ];
    writeFileSync(file, lines.join('\n'));
    const child = spawn('nats-server', ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    child.stderr.on('data', (text: Buffer) => {
      this.#log += String(text);
    });
    while (!(await answers(this.port))) {
      if (child.exitCode !== null) throw new Error(`nats-server ended:\n${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
    return this;
  }

  /** As when the machine fails: nothing is written any more. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answered = await new Promise<boolean>((resolve) => {
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return answered;
}
