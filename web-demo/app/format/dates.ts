import type { Timestamp } from '@client/core/realtime';

/** Where the clock hangs: the visitor's own wall, or Washington for the history of Congress. */
export type Zone = 'local' | 'washington';

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly longDay: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly minutes: Intl.DateTimeFormat;
}

const formats: Readonly<Record<Zone, Formats>> = {
  local: formatsIn(undefined),
  washington: formatsIn('America/New_York'),
};

const calendarDate = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

function formatsIn(timeZone: string | undefined): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  return {
    day: new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', ...zone }),
    longDay: new Intl.DateTimeFormat('en-US', { dateStyle: 'full', ...zone }),
    time: new Intl.DateTimeFormat('en-US', { timeStyle: 'medium', hourCycle: 'h23', ...zone }),
    minutes: new Intl.DateTimeFormat('en-US', { timeStyle: 'short', hourCycle: 'h23', ...zone }),
  };
}

/** Null when the server sent something that is no time. */
export function momentOf(timestamp: Timestamp): Date | null {
  const moment = new Date(timestamp);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** `Thursday, March 12, 2015`: what a group of a timeline is called. */
export function formatLongDay(moment: Date, zone: Zone): string {
  return formats[zone].longDay.format(moment);
}

/** The time on that day; null at midnight sharp in Washington, which files use for actions without a time. */
export function formatTime(moment: Date, zone: Zone): string | null {
  if (zone === 'local') return formats.local.time.format(moment);
  const time = formats.washington.minutes.format(moment);
  return time === '00:00' ? null : time;
}

/** Short: the time while it is today, the day otherwise. */
export function formatMoment(moment: Date, zone: Zone): string {
  const { day, time } = formats[zone];
  if (zone === 'washington') return day.format(moment);
  return day.format(moment) === day.format(new Date()) ? time.format(moment) : day.format(moment);
}

/** A calendar date such as `2026-03-12`, which has no zone. Other texts stay as they are. */
export function formatDate(date: string): string {
  const moment = /^\d{4}-\d{2}-\d{2}/.test(date) ? momentOf(date.slice(0, 10)) : null;
  return moment === null ? date : calendarDate.format(moment);
}
