/** Programs that a measurement starts, and what the system says they cost. */

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Linux counts a process's time in these, a second. */
const TICKS_A_SECOND = 100;

export class Child {
  /** @param {import('node:child_process').ChildProcess} process */
  constructor(process) {
    this.process = process;
    process.stderr?.resume();
    process.stdout?.resume();
  }

  /**
   * @param {string} script
   * @returns {Child} That talks over a channel.
   */
  static talking(script) {
    return new Child(fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  static running(program, args) {
    return new Child(spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }));
  }

  /**
   * @param {object} message
   * @returns {Promise<any>} The answer.
   */
  async ask(message) {
    const answer = once(this.process, 'message');
    this.process.send(message);
    const [answered] = await answer;
    return answered;
  }

  /** @returns {number} Seconds of a processor it has used so far. */
  get processorSeconds() {
    const stat = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  }

  /** @returns {number} Bytes of memory that are its own. */
  get memoryBytes() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  }

  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }
}
