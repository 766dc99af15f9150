/**
 * @typedef {object} LaneItem
 * @property {string} name
 * @property {readonly string[]} [holds] what no two items may use at the same time
 * @property {boolean} [alone] nothing else may run beside it
 */

/**
 * Does the work of every item, several at a time. Items begin in their order, except that one which
 * may not run beside what is running waits, and the next that may goes first.
 *
 * @template {LaneItem} Item
 * @param {readonly Item[]} items
 * @param {number} count how many at most run at once
 * @param {(item: Item) => Promise<void>} work the first failure ends everything that has not begun
 */
export async function inLanes(items, count, work) {
  const waiting = [...items];
  /** @type {Map<Item, Promise<void>>} */
  const running = new Map();
  while (waiting.length > 0 || running.size > 0) {
    const index = running.size < count ? waiting.findIndex((item) => isFree(item, running)) : -1;
    if (index < 0) {
      await Promise.race(running.values());
      continue;
    }
    const [item] = /** @type {[Item]} */ (waiting.splice(index, 1));
    running.set(
      item,
      work(item).finally(() => running.delete(item)),
    );
  }
}

/**
 * @param {LaneItem} item
 * @param {Map<LaneItem, unknown>} running
 */
function isFree({ holds = [], alone = false }, running) {
  return [...running.keys()].every(
    (other) => !alone && !other.alone && !other.holds?.some((name) => holds.includes(name)),
  );
}
