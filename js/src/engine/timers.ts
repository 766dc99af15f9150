/** The seam to timers, so that tests can run on virtual time. */
export interface Timers {
  /** Calls `callback` once after `delayMs` milliseconds, which is between 0 and `longestDelayMs`. */
  set(callback: () => void, delayMs: number): unknown;
  clear(timer: unknown): void;
}

/** What `setTimeout` can wait at most; a longer delay would fire at once. */
export const longestDelayMs = 2 ** 31 - 1;

export const systemTimers: Timers = {
  set: (callback, delayMs) => setTimeout(callback, delayMs),
  clear: (timer) => {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};
