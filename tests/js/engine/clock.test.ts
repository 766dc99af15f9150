// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { createClocks } from '../../../js/src/engine/clock.js';
import type { Clock } from '../../../js/src/engine/clock.js';

let wallMs: number;
let monotonicMs: number;
let clock: Clock;
let recentClock: Clock;
let monotonicReads: number;

beforeEach(() => {
  wallMs = 1_700_000_000_000;
  monotonicMs = 500;
  monotonicReads = 0;
  ({ clock, recentClock } = createClocks({
    wallMs: () => wallMs,
    monotonicMs: () => {
      ++monotonicReads;
      return monotonicMs;
    },
  }));
});

describe('the clock', () => {
  it('starts at the wall clock and runs with the monotonic one, finer than a millisecond', () => {
    expect(clock()).toBe(1_700_000_000_000);
    monotonicMs += 10.25;
    wallMs += 10;
    expect(clock()).toBe(1_700_000_000_010.25);
  });

  it('goes on when the wall clock is set back', () => {
    clock();
    monotonicMs += 100;
    wallMs -= 3_600_000;
    expect(clock()).toBe(1_700_000_000_100);
  });

  it('takes in the time the machine slept, in which the monotonic clock stood still', () => {
    clock();
    wallMs += 8 * 3_600_000;
    monotonicMs += 5;
    expect(clock()).toBe(wallMs);
    monotonicMs += 5;
    wallMs += 5;
    expect(clock()).toBe(wallMs);
  });

  it('takes no notice of the drift between the two', () => {
    clock();
    monotonicMs += 1000;
    wallMs += 1400;
    expect(clock()).toBe(1_700_000_001_000);
  });

  it('never goes back, not even when the monotonic clock does', () => {
    monotonicMs += 50;
    const before = clock();
    monotonicMs -= 20;
    expect(clock()).toBe(before);
  });
});

describe('the clock for every message', () => {
  it('is read once a millisecond, and says what the other clock said last', () => {
    monotonicMs += 3.25;
    wallMs += 3;
    expect(clock()).toBe(1_700_000_000_003.25);
    const reads = monotonicReads;
    monotonicMs += 0.5;
    for (let message = 0; message < 10; ++message) expect(recentClock()).toBe(1_700_000_000_003.25);
    expect(monotonicReads).toBe(reads);
    expect(clock()).toBe(1_700_000_000_003.75);
    expect(recentClock()).toBe(1_700_000_000_003.75);
    monotonicMs += 0.5;
    wallMs += 1;
    expect(recentClock()).toBe(1_700_000_000_004.25);
  });

  it('goes on where somebody stopped the wall clock', () => {
    clock();
    monotonicMs += 5000;
    let now = recentClock();
    for (let message = 0; message < 16; ++message) now = recentClock();
    expect(now).toBe(1_700_000_005_000);
  });
});
