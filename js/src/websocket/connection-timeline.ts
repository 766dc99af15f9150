import type { ConnectionSnapshot } from '../engine/client.js';
import type { ConnectionChange } from '../types.js';

const mostChanges = 100;

/** The newest changes of the connection, oldest first. */
export class ConnectionTimeline {
  private readonly kept: ConnectionChange[] = [];

  /** `at` in milliseconds since the Unix epoch. */
  add({ previousState: _, ...now }: ConnectionSnapshot, at: number): void {
    this.kept.push(Object.freeze({ at, ...now }));
    if (this.kept.length > mostChanges) this.kept.shift();
  }

  changes(): readonly ConnectionChange[] {
    return [...this.kept];
  }
}
