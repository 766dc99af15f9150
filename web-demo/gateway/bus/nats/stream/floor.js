/**
 * After which number everything of a subject is kept. What was there and is gone had a lower number than the
 * first of the stream, or gave way to newer ones of its subject.
 */

/**
 * @typedef {object} FloorSource
 * @property {import('./leader.js').Leader} leader
 * @property {import('./stream.js').EventStream} stream
 */

/**
 * @param {FloorSource} source
 * @param {string} subject
 * @param {number} total How many there are, from where somebody asked.
 * @param {number | null} after From where somebody asked, and would be told what is missing; null: nobody would.
 * @returns {Promise<{ floor: number, before: number }>} `before`: whatever the subject, nothing up to here is kept.
 */
export async function floorOf({ leader, stream }, subject, total, after) {
  const state = await leader.ends();
  const before = Math.max(0, state.first_seq - 1);
  const isFull = total >= stream.eventsOfSubject;
  if (!isFull && (after === null || after >= before)) return { floor: before, before };
  const oldest = await leader.oldest(subject);
  const end = oldest === 0 ? state.last_seq + 1 : oldest;
  if (isFull && (after === null || after >= end - 1)) return { floor: end - 1, before };
  const previous = after === null ? null : await stream.ends.before(subject, end);
  return { floor: previous ?? (isFull ? end - 1 : before), before };
}
