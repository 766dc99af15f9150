// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DeadlineTimer, longestRunMs } from '../../../js/src/engine/deadline-timer.js';
import { VirtualTime } from './support/virtual-time.js';

let time: VirtualTime;
let fired: ReturnType<typeof vi.fn<() => void>>;
let timer: DeadlineTimer;

beforeEach(() => {
  time = new VirtualTime();
  fired = vi.fn<() => void>();
  timer = new DeadlineTimer(time.clock, time.timers, fired);
});

describe('the deadline timer', () => {
  it('fires once, at its deadline', async () => {
    timer.set(time.nowMs + 100);
    await time.pass(99);
    expect(fired).not.toHaveBeenCalled();
    await time.pass(1);
    await time.pass(1000);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it('fires earlier when the deadline moves closer', async () => {
    timer.set(time.nowMs + 1000);
    timer.set(time.nowMs + 10);
    await time.pass(10);
    expect(fired).toHaveBeenCalledTimes(1);
    expect(time.pendingTimers).toBe(0);
  });

  it('touches no timer when the deadline moves away, and still fires on time', async () => {
    timer.set(time.nowMs + 100);
    for (let ms = 0; ms < 90; ++ms) {
      await time.pass(1);
      timer.set(time.nowMs + 100);
    }
    expect(time.delaysMs).toEqual([100]);
    await time.pass(99);
    expect(fired).not.toHaveBeenCalled();
    await time.pass(1);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it('fires as soon as possible, but not at once, for a deadline that has passed', async () => {
    timer.set(time.nowMs - 5);
    expect(fired).not.toHaveBeenCalled();
    await time.pass(0);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it('waits longer than one timer runs', async () => {
    timer.set(time.nowMs + 10 * longestRunMs + 5000);
    await time.pass(10 * longestRunMs);
    expect(fired).not.toHaveBeenCalled();
    await time.pass(5000);
    expect(fired).toHaveBeenCalledTimes(1);
    expect(Math.max(...time.delaysMs)).toBe(longestRunMs);
  });

  it('is not kept waiting by a timer from before the clock jumped', async () => {
    const hourMs = 3_600_000;
    let sleptMs = 0;
    timer = new DeadlineTimer(() => time.nowMs + sleptMs, time.timers, fired);
    timer.set(time.nowMs + hourMs);
    // The machine slept, and its timers with it. Connecting has ten seconds from now on.
    sleptMs = hourMs;
    timer.set(time.nowMs + sleptMs + 10_000);
    await time.pass(30_000);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it('leaves nothing behind when there is no deadline', async () => {
    timer.set(time.nowMs + 100);
    timer.set(Infinity);
    expect(time.pendingTimers).toBe(0);
    await time.pass(200);
    expect(fired).not.toHaveBeenCalled();
  });

  it('can be set again by what it calls', async () => {
    fired.mockImplementationOnce(() => timer.set(time.nowMs + 50));
    timer.set(time.nowMs + 10);
    await time.pass(60);
    expect(fired).toHaveBeenCalledTimes(2);
  });
});
