import type { BillUpdate } from '@client/core/realtime';

import { readText } from './fields';

/**
 * What tells an update from all others of its bill. Servers that number their events say so; for the others kind and
 * time have to do.
 */
export function updateKey({ type, data, timestamp }: BillUpdate): string {
  return readText(data, 'event_id') ?? `${type} ${timestamp} ${readText(data, 'comment_id') ?? ''}`;
}

/** Each once, where it came last: a server may send its history again after a reconnect. */
export function distinctUpdates(updates: readonly BillUpdate[]): BillUpdate[] {
  const byKey = new Map<string, BillUpdate>();
  for (const update of updates) {
    const key = updateKey(update);
    byKey.delete(key);
    byKey.set(key, update);
  }
  return [...byKey.values()];
}
