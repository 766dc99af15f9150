/** The seam to timers, so that tests can run on virtual time. */
export interface Timers {
  /** Calls `callback` once after `delayMs` milliseconds, which is at least 0 and below 2^31. */
  set(callback: () => void, delayMs: number): unknown;
  clear(timer: unknown): void;
}

export const systemTimers: Timers = {
  set: (callback, delayMs) => setTimeout(callback, delayMs),
  clear: (timer) => {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};
