import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A server that does not stop by itself is ended after this long. */
const STOP_TIMEOUT_MS = 5000;

/**
 * A program, of Node unless it is another one, that runs until it is stopped. What it prints appears with its name in front.
 * It stays in our process group, so that whatever ends the whole group ends it too.
 */
export class ServerProcess {
  #child;
  #stopping = false;

  /**
   * @param {string} name for people, such as `gateway`
   * @param {readonly string[]} args the script and its arguments
   * @param {{ cwd: string, program?: string, write?: (line: string) => void }} options
   */
  constructor(
    name,
    args,
    { cwd, program = process.execPath, write = (line) => process.stderr.write(`${line}\n`) },
  ) {
    this.name = name;
    this.#child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => write(`[${name}] ${line}`));
    }
    /**
     * How it ended, once it has; never rejects.
     *
     * @type {Promise<{ expected: boolean, reason: string }>}
     */
    this.ended = new Promise((resolve) => {
      const settle = (/** @type {string} */ reason) =>
        resolve({ expected: this.#stopping, reason });
      this.#child.once('error', (error) => settle(error.message));
      this.#child.once('close', (code, signal) =>
        settle(signal ? `ended by ${signal}` : `ended with exit code ${code}`),
      );
    });
  }

  /** Asks it to stop, ends it if it does not, and resolves when it is gone. */
  async stop() {
    this.#stopping = true;
    this.#child.kill('SIGTERM');
    const deadline = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.ended;
    clearTimeout(deadline);
  }
}
