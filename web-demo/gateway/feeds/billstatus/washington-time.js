/**
 * Dates and times of legislative actions are local to Washington, D.C. Here they become moments:
 * milliseconds since the Unix epoch. A date without a time is its midnight, as in the files'
 * own `submittedDate`. Within the hour in which clocks change the result can be an hour off.
 */

const washington = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Offsets are asked for again and again for the same hours. @type {Map<number, number>} */
const offsets = new Map();

/**
 * @param {string} date YYYY-MM-DD.
 * @param {string} [time] `16:05:59`, `04:05PM`, or empty for midnight.
 * @returns {number | null} Null when the date is none.
 */
export function washingtonMoment(date, time = '') {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (day === null) return null;
  const localMs = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) + timeOfDay(time);
  return localMs - offsetAt(localMs - offsetAt(localMs));
}

/**
 * @param {string} text A date as the files write it: a moment with `Z`, or a plain date.
 * @returns {number | null}
 */
export function anyMoment(text) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return washingtonMoment(text);
  const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

/**
 * @param {number} moment
 * @returns {string} The date in Washington, YYYY-MM-DD.
 */
export function washingtonDate(moment) {
  return new Date(moment + offsetAt(moment)).toISOString().slice(0, 10);
}

/**
 * @param {string} time
 * @returns {number} Milliseconds since midnight.
 */
function timeOfDay(time) {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?$/i.exec(time.trim());
  if (parts === null) return 0;
  let hours = Number(parts[1]);
  const half = parts[4]?.toUpperCase();
  if (half !== undefined) hours = (hours % 12) + (half === 'PM' ? 12 : 0);
  return ((hours * 60 + Number(parts[2])) * 60 + Number(parts[3] ?? 0)) * 1000;
}

/**
 * @param {number} moment
 * @returns {number} What to add to get Washington's local time, in milliseconds.
 */
function offsetAt(moment) {
  const hour = Math.floor(moment / 3_600_000) * 3_600_000;
  let offset = offsets.get(hour);
  if (offset === undefined) {
    const part = Object.fromEntries(
      washington.formatToParts(hour).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = part;
    offset = Date.UTC(year, month - 1, day, hours, minute, second) - hour;
    offsets.set(hour, offset);
  }
  return offset;
}
