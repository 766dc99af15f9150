import type { FrameFigures } from './frame-figures.js';

const frameMs = 1000 / 60;

/** Watches the page's animation frames and long tasks from its construction to `stop`. */
export class FrameMeter {
  private dropped = 0;
  private last: number | null = null;
  private isStopped = false;
  private readonly tasks: PerformanceEntry[] = [];
  private readonly observer = new PerformanceObserver((list) =>
    this.tasks.push(...list.getEntries()),
  );

  constructor() {
    this.observer.observe({ type: 'longtask' });
    requestAnimationFrame(this.frame);
  }

  stop(): FrameFigures {
    this.isStopped = true;
    this.tasks.push(...this.observer.takeRecords());
    this.observer.disconnect();
    return {
      dropped: this.dropped,
      longTasks: this.tasks.length,
      longestTaskMs: Math.max(0, ...this.tasks.map(({ duration }) => duration)),
    };
  }

  private readonly frame = (now: number): void => {
    if (this.isStopped) return;
    if (this.last !== null)
      this.dropped += Math.max(0, Math.round((now - this.last) / frameMs) - 1);
    this.last = now;
    requestAnimationFrame(this.frame);
  };
}
