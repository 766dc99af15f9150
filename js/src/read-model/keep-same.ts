import { CellKind } from '../engine/abi.js';
import type { CellValues, TypingGroups, ValueCell } from '../engine/cell-records.js';
import type { RealTimeNotification } from '../types.js';

type KeepSame = {
  [Kind in ValueCell]?: (before: CellValues[Kind], now: CellValues[Kind]) => CellValues[Kind];
};

/**
 * For values that are several things: `now`, with the objects of `before` for what is still the same, so that whoever
 * shows one of them can see by its identity that it did not change.
 */
export const keepSame: KeepSame = {
  [CellKind.notifications]: keepSameNotifications,
  [CellKind.typing]: keepSameGroups,
};

/** The same id, arrival and read state are the same notification; the same in the same order are the same list. */
export function keepSameNotifications(
  before: readonly RealTimeNotification[],
  now: readonly RealTimeNotification[],
): readonly RealTimeNotification[] {
  const known = new Map(before.map((notification) => [notification.id, notification]));
  const kept = now.map((notification) => {
    const same = known.get(notification.id);
    return same?.arrival === notification.arrival && same.read === notification.read
      ? same
      : notification;
  });
  const unchanged =
    kept.length === before.length && kept.every((notification, at) => notification === before[at]);
  return unchanged ? before : kept;
}

function keepSameGroups(before: TypingGroups, now: TypingGroups): TypingGroups {
  const groups = Object.entries(now).map(([parent, group]) => {
    const same = before[parent];
    return [parent, JSON.stringify(same) === JSON.stringify(group) ? same : group] as const;
  });
  return Object.fromEntries(groups) as TypingGroups;
}
