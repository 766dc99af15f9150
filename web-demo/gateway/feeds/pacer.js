/**
 * Even pacing at any rate: messages leave in slices a few milliseconds apart, and a slice that takes
 * too long gives way to the sockets. After a stall the backlog is cut, never sent as one burst.
 */

const SLICE_MS = 2;
const SLICE_BUDGET_MS = 8;
const BUDGET_CHECK_EVERY = 32;
const LONGEST_BACKLOG_MS = 100;

/**
 * @param {object} options
 * @param {number} options.rate Messages per second, above 0.
 * @param {import('../clock.js').Clock} options.clock
 * @param {AbortSignal} options.signal Ends it.
 * @param {() => void} options.emit Makes and publishes one message.
 * @param {(count: number) => void} options.skipped Told how many messages a backlog was cut by.
 * @returns {Promise<void>} Settles when aborted.
 */
export function pace({ rate, clock, signal, emit, skipped }) {
  return new Promise((resolve, reject) => {
    let startMs = clock.now();
    let emitted = 0;
    /** @type {unknown} */
    let timer = null;

    function slice() {
      const nowMs = clock.now();
      let due = dueAt(nowMs);
      const most = emitted + Math.max(1, Math.ceil((rate * LONGEST_BACKLOG_MS) / 1000));
      if (due > most) {
        skipped(due - most);
        startMs += ((due - most) * 1000) / rate;
        due = most;
      }
      const budgetEndMs = nowMs + SLICE_BUDGET_MS;
      try {
        for (let count = 1; emitted < due; count += 1) {
          emit();
          emitted += 1;
          if (count % BUDGET_CHECK_EVERY === 0 && clock.now() >= budgetEndMs) break;
        }
      } catch (error) {
        signal.removeEventListener('abort', end);
        reject(error);
        return;
      }
      const nextDueMs = startMs + ((emitted + 1) * 1000) / rate;
      timer = clock.setTimeout(slice, Math.max(SLICE_MS, Math.ceil(nextDueMs - nowMs)));
    }

    /** @param {number} nowMs */
    function dueAt(nowMs) {
      return Math.floor(((nowMs - startMs) * rate) / 1000 + 1e-6);
    }

    function end() {
      clock.clearTimeout(timer);
      resolve();
    }

    if (signal.aborted) return resolve();
    signal.addEventListener('abort', end, { once: true });
    slice();
  });
}
