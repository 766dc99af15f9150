import type { Update } from './subject.js';

/** Of stamped updates: milliseconds from being published, in the server's process, to being in the document. */
class Latencies {
  private readonly newestIndex = new Map<number, number>();
  private measured: number[] = [];

  /** The updates of a bill that the document shows as of now. */
  committed(bill: number, updates: readonly Update[]): void {
    if (updates.at(-1)?.data['sentAt'] === undefined) return;
    const now = performance.timeOrigin + performance.now();
    const known = this.newestIndex.get(bill) ?? -1;
    for (let at = updates.length - 1; at >= 0; --at) {
      const { index, sentAt } = (updates[at] as Update).data as { index: number; sentAt: number };
      if (index <= known) break;
      this.measured.push(now - sentAt);
    }
    this.newestIndex.set(bill, (updates.at(-1) as Update).data['index'] as number);
  }

  /** Those since the last call. */
  take(): readonly number[] {
    const { measured } = this;
    this.measured = [];
    return measured;
  }
}

export const latencies = new Latencies();
