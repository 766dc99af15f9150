import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { findProgram } from './command.mjs';

/** A waiting process says so after this long. */
const QUIET_WAIT_MS = 1000;

/**
 * Runs `work` while no other process holds the same lock file.
 *
 * The kernel keeps the lock (`flock` of util-linux, held by a child that lives as long as the pipe
 * to this process), so a lock can never go stale: it ends with its holder, however that one dies.
 * Where there is no `flock`, work runs without a lock.
 *
 * @template T
 * @param {string} file created if missing, never removed
 * @param {{ whileWaiting: string }} options `whileWaiting` is printed when somebody else holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, { whileWaiting }, work) {
  if (!findProgram('flock')) return work();
  mkdirSync(dirname(file), { recursive: true });
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const notice = setTimeout(() => process.stderr.write(`${whileWaiting}\n`), QUIET_WAIT_MS);
  try {
    await new Promise((resolve, reject) => {
      holder.stdout.once('data', resolve);
      holder.once('error', reject);
      holder.once('exit', (code) => reject(new Error(`flock ${file} ended with ${code}`)));
    });
    clearTimeout(notice);
    return await work();
  } finally {
    clearTimeout(notice);
    holder.removeAllListeners('exit');
    holder.stdin.end();
    holder.unref();
  }
}
