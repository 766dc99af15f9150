/** One connection of a `FaultProxy`: two sockets, and what happens to the frames between them. */

import type { Socket } from 'node:net';

import { FrameSplitter, type Frame, type Piece } from './frame-splitter.js';
import type { Direction, FaultAction } from './fault-rule.js';

/** The proxy's time; replaced where a test of the proxy must not wait. */
export interface ProxyTime {
  now(): number;
  wait(ms: number): Promise<void>;
}

export interface ConnectionSeams {
  readonly time: ProxyTime;
  /** What is to be done to a frame. */
  judge(direction: Direction, frame: Frame): FaultAction | null;
  /** Nothing new crosses any more. Called once. */
  ended(why: string): void;
  /** Both sockets are closed. Called once. */
  gone(): void;
}

interface Arrival {
  readonly piece: Piece;
  readonly atMs: number;
}

/** What comes from one socket goes to the other, one piece after the other. */
interface Lane {
  readonly direction: Direction;
  readonly from: Socket;
  readonly to: Socket;
  readonly arrivals: Arrival[];
  isBusy: boolean;
}

const closeFrame = 0x88;

export class FaultedConnection {
  private isHalfOpen = false;
  private hasEnded = false;
  private closed = 0;

  constructor(
    private readonly page: Socket,
    private readonly gateway: Socket,
    private readonly seams: ConnectionSeams,
  ) {
    this.carry({ direction: 'to gateway', from: page, to: gateway, arrivals: [], isBusy: false });
    this.carry({ direction: 'to page', from: gateway, to: page, arrivals: [], isBusy: false });
  }

  /** Ends both sides without a goodbye. */
  reset(why: string): void {
    for (const socket of [this.page, this.gateway]) socket.resetAndDestroy();
    this.end(why);
  }

  private carry(lane: Lane): void {
    const { from } = lane;
    const splitter = new FrameSplitter();
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.on('data', (chunk) => {
      const atMs = this.seams.time.now();
      lane.arrivals.push(...splitter.push(chunk).map((piece) => ({ piece, atMs })));
      if (!lane.isBusy) void this.work(lane);
    });
    from.on('close', () => {
      this.closed += 1;
      const isLast = this.closed === 2;
      const who = lane.direction === 'to page' ? 'gateway' : 'page';
      // The other side of a half-open connection hears nothing of it.
      if (!this.isHalfOpen || isLast) this.end(`closed by the ${who}`);
      // What it said before it went still crosses.
      if (this.hasEnded && !lane.isBusy) lane.to.destroySoon();
      if (isLast) this.seams.gone();
    });
  }

  private async work(lane: Lane): Promise<void> {
    lane.isBusy = true;
    for (let next = lane.arrivals.shift(); next !== undefined; next = lane.arrivals.shift()) {
      await this.pass(lane, next);
    }
    lane.isBusy = false;
    if (this.hasEnded) lane.to.destroySoon();
  }

  private async pass(lane: Lane, { piece, atMs }: Arrival): Promise<void> {
    if (this.isHalfOpen) return;
    const { bytes, frame } = piece;
    const { time, judge } = this.seams;
    const action = frame === null ? null : judge(lane.direction, frame);
    switch (action?.do) {
      case undefined:
        await write(lane, bytes);
        return;
      case 'drop':
        return;
      case 'duplicate':
        await write(lane, Buffer.concat([bytes, bytes]));
        return;
      case 'delay':
        await time.wait(Math.max(0, atMs + action.ms - time.now()));
        await write(lane, bytes);
        return;
      case 'stall':
        lane.from.pause();
        await time.wait(action.ms);
        lane.from.resume();
        await write(lane, bytes);
        return;
      case 'cut mid-frame':
        lane.to.end(bytes.subarray(0, bytes.length >> 1));
        lane.from.resetAndDestroy();
        this.end('cut');
        return;
      case 'half-open':
        this.isHalfOpen = true;
        return;
      case 'close':
        this.page.end(closing(action.code, action.reason ?? ''));
        this.gateway.resetAndDestroy();
        this.end('closed by the proxy');
        return;
    }
  }

  private end(why: string): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.seams.ended(why);
  }
}

/** Waits, without reading on, until the other side takes more. */
async function write({ from, to }: Lane, bytes: Buffer): Promise<void> {
  if (to.destroyed || to.writableEnded || to.write(bytes)) return;
  from.pause();
  await new Promise<void>((resolve) => {
    const done = (): void => {
      to.off('drain', done);
      to.off('close', done);
      resolve();
    };
    to.on('drain', done);
    to.on('close', done);
  });
  from.resume();
}

function closing(code: number, reason: string): Buffer {
  const text = Buffer.from(reason);
  const head = Buffer.from([closeFrame, 2 + text.length, code >> 8, code & 0xff]);
  return Buffer.concat([head, text]);
}
