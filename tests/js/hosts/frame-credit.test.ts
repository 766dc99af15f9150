// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameCredit } from '../../../js/src/hosts/frame-credit.js';
import { VirtualTime } from '../engine/support/virtual-time.js';
import { FakeSignals } from './support/fake-signals.js';

let time: VirtualTime;
let signals: FakeSignals;
let giveBack: ReturnType<typeof vi.fn<(afterMs: number) => void>>;
let credit: FrameCredit;

beforeEach(() => {
  time = new VirtualTime();
  signals = new FakeSignals();
  giveBack = vi.fn<(afterMs: number) => void>();
  credit = new FrameCredit({ frames: time.frames, timers: time.timers, signals }, giveBack);
});

describe('the frame credit', () => {
  it('comes back at the next frame, once, however many bundles came', async () => {
    credit.spend(true);
    credit.spend(true);
    await time.pass(900);
    expect(giveBack).not.toHaveBeenCalled();
    await time.frame();
    await time.frame();
    expect(giveBack).toHaveBeenCalledTimes(1);
    expect(time.pendingTimers).toBe(0);
  });

  it('comes back at once when nobody was told of the bundle: the host keeps it as long as a frame', () => {
    credit.spend(false);
    expect(giveBack).toHaveBeenCalledExactlyOnceWith(16);
    expect(time.pendingFrames).toBe(0);
    expect(time.pendingTimers).toBe(0);
  });

  it('comes back once, for a bundle that came unseen while the page was hidden, when the page is seen', async () => {
    signals.setVisible(false);
    credit.spend(false);
    signals.setVisible(true);
    expect(giveBack).toHaveBeenCalledExactlyOnceWith(16);
    credit.spend(true);
    await time.frame();
    expect(giveBack.mock.calls).toEqual([[16], [0]]);
  });

  it('comes back once a second while the page is hidden, also when nobody was told', async () => {
    signals.setVisible(false);
    credit.spend(false);
    await time.pass(999);
    expect(giveBack).not.toHaveBeenCalled();
    await time.pass(1);
    expect(giveBack).toHaveBeenCalledTimes(1);
  });

  it('asks for no frame when no bundle came', () => {
    expect(time.pendingFrames).toBe(0);
    expect(time.pendingTimers).toBe(0);
  });

  it('comes back once a second while the page is hidden', async () => {
    signals.setVisible(false);
    credit.spend(true);
    expect(time.pendingFrames).toBe(0);
    await time.pass(999);
    expect(giveBack).not.toHaveBeenCalled();
    await time.pass(1);
    expect(giveBack).toHaveBeenCalledTimes(1);
  });

  it('comes back within a second when a page gets no frames though it is visible', async () => {
    credit.spend(true);
    await time.pass(1000);
    expect(giveBack).toHaveBeenCalledTimes(1);
    await time.frame();
    expect(giveBack).toHaveBeenCalledTimes(1);
  });

  it('comes back at the first frame of a page that becomes visible', async () => {
    signals.setVisible(false);
    credit.spend(true);
    signals.setVisible(true);
    await time.frame();
    expect(giveBack).toHaveBeenCalledTimes(1);
  });

  it('leaves nothing behind when closed', async () => {
    credit.spend(true);
    credit.close();
    await time.frame();
    await time.pass(2000);
    expect(giveBack).not.toHaveBeenCalled();
    expect(time.pendingTimers).toBe(0);
    expect(signals.listenerCount).toBe(0);
  });
});
