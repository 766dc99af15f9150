import type { BillUpdate } from '@client/core/realtime';

import { readText } from './fields';

/**
 * What tells an update from all others of its bill. Servers that number their events say so; for the others kind and
 * time have to do.
 */
export function updateKey({ type, data, timestamp }: BillUpdate): string {
  return readText(data, 'event_id') ?? `${type} ${timestamp} ${readText(data, 'comment_id') ?? ''}`;
}

/** Without those that came twice, as they do when a server sends its history after a reconnect. */
export function distinctUpdates(updates: readonly BillUpdate[]): BillUpdate[] {
  const byKey = new Map<string, BillUpdate>();
  for (const update of updates) byKey.set(updateKey(update), update);
  return [...byKey.values()];
}
