import type { BillUpdate } from '@client/core/realtime';

import { momentOf } from '../format/dates';

/** Updates within a second from which on showing each of them as news would be a flicker. */
const many = 4;

/** Whether so much happens to a bill that no single update is worth an animation. Takes them oldest first. */
export function isBusy(updates: readonly BillUpdate[]): boolean {
  const newest = updates.at(-1);
  const earlier = updates.at(-many);
  if (newest === undefined || earlier === undefined) return false;
  const [to, from] = [momentOf(newest.timestamp), momentOf(earlier.timestamp)];
  return to !== null && from !== null && Math.abs(to.getTime() - from.getTime()) < 1000;
}
