import type { BillUpdate } from '@client/core/realtime';

import { formatLongDay, momentOf, type Zone } from '../format/dates';

export interface TimelineDay {
  /** Its name, which is unique within a timeline. */
  readonly name: string;
  /** Newest first. */
  readonly updates: readonly BillUpdate[];
}

/** From distinct updates, oldest first, to days, newest first. Updates without a readable time come last, under one name. */
export function timelineDays(updates: readonly BillUpdate[], zone: Zone): TimelineDay[] {
  const days = new Map<string, BillUpdate[]>();
  const undated: BillUpdate[] = [];
  for (const update of [...updates].reverse()) {
    const moment = momentOf(update.timestamp);
    if (moment === null) {
      undated.push(update);
      continue;
    }
    const name = formatLongDay(moment, zone);
    const day = days.get(name);
    if (day === undefined) days.set(name, [update]);
    else day.push(update);
  }
  const dated = [...days].map(([name, ofDay]) => ({ name, updates: ofDay }));
  return undated.length === 0 ? dated : [...dated, { name: 'Without a date', updates: undated }];
}
