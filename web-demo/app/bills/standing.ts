import type { BillUpdate } from '@client/core/realtime';

import { readText } from '../updates/fields';

/** Where a bill stands: its status, and the chamber where it got it, if that was said. */
export interface Standing {
  readonly status: string;
  readonly chamber?: string | undefined;
}

/** What the newest of the updates says about it; null when none of them does. */
export function newestStanding(updates: readonly BillUpdate[]): Standing | null {
  for (let index = updates.length - 1; index >= 0; index -= 1) {
    const update = updates[index];
    if (update?.type !== 'status_change') continue;
    const status = readText(update.data, 'new_status');
    if (status !== undefined) return { status, chamber: readText(update.data, 'chamber') };
  }
  return null;
}
