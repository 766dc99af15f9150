import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_BYTES = 1024 * 1024;
const POLL_MS = 2;

/**
 * Lets the event loop turn once, and waits while more than 1 MiB is under way to a client: the mark at which the
 * reference gateway waits, too.
 * @param {() => readonly number[]} waitingBytes Of every client.
 */
export async function whenTaken(waitingBytes) {
  await new Promise((resolve) => setImmediate(resolve));
  while (waitingBytes().some((bytes) => bytes > LIMIT_BYTES)) await delay(POLL_MS);
}
