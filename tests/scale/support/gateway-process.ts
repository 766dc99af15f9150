/** A gateway as a process of its own, which can be killed. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../browser/support/free-port.js';
import { untilHealthy } from './until-healthy.js';

const script = fileURLToPath(new URL('../../../web-demo/gateway/main.js', import.meta.url));

export class GatewayProcess {
  #process: ChildProcess | null = null;
  log = '';

  private constructor(
    readonly port: number,
    private readonly args: readonly string[],
  ) {}

  /** Starts one that serves, with options of its command line. */
  static async start(...args: readonly string[]): Promise<GatewayProcess> {
    const gateway = new GatewayProcess(await freePort(), args);
    await gateway.start();
    return gateway;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [script, '--port', String(this.port), ...this.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        this.log += String(text);
      });
    let ended = false;
    child.once('exit', () => {
      ended = true;
    });
    await untilHealthy(this.httpUrl, () => {
      if (ended) throw new Error(`the gateway ended:\n${this.log}`);
    });
  }

  /** As when its machine fails. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
