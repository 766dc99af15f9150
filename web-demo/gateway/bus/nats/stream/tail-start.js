/** Where the newest events of a subject begin. A stream counts forward only, so this guesses, a few times. */

const MOST_PROBES = 6;

/**
 * @typedef {object} TailSource
 * @property {import('./leader.js').Leader} leader
 * @property {import('./brief-consumers.js').BriefConsumers} consumers
 */

/**
 * @param {TailSource} source
 * @param {string} subject
 * @param {number} count
 * @param {number} total How many there are.
 * @returns {Promise<number>} The number of an event from which on there are at most `count`, and not many fewer if a guess hits.
 */
export async function findTailStart({ leader, consumers }, subject, count, total) {
  let low = await leader.oldest(subject);
  let lowCount = total;
  const newest = await leader.newest(subject);
  let high = newest;
  for (let probe = 0; probe < MOST_PROBES && high - low > 1; probe += 1) {
    const share = (count * 0.75) / lowCount;
    const guess = Math.min(high - 1, Math.max(low + 1, Math.ceil(newest - (newest - low) * share)));
    const found = await consumers.count(subject, guess);
    if (found > count) [low, lowCount] = [guess, found];
    else {
      high = guess;
      if (found * 2 >= count) break;
    }
  }
  return count === 0 ? newest + 1 : high;
}
