/**
 * The bill updates every subject is sent, about 266 bytes each: the same sequence for all of them,
 * no message like another.
 */

const STATUSES = ['introduced', 'in_committee', 'reported', 'passed', 'enrolled', 'signed'];
const CHAMBERS = ['house', 'senate', 'joint_committee', 'national_assembly'];
const TYPES = ['status_change', 'amendment', 'new_comment', 'voting_scheduled'];

/**
 * @param {number} index
 * @param {number} bills
 * @returns {number} The bill that message `index` is about.
 */
function billOf(index, bills) {
  return 1 + ((index * 7919) % bills);
}

/**
 * @param {number} index
 * @param {number} bills
 */
export function billUpdate(index, bills) {
  return {
    type: 'bill_update',
    bill_id: billOf(index, bills),
    update: {
      type: pick(TYPES, index),
      data: {
        index,
        oldStatus: pick(STATUSES, index),
        newStatus: pick(STATUSES, index + 1),
        chamber: pick(CHAMBERS, index * 3),
        note: 'Referred to the committee that has jurisdiction'.slice(0, 40 + (index % 8)),
      },
    },
    timestamp: new Date(1_700_000_000_000 + index * 37).toISOString(),
  };
}

/**
 * @param {number} count How many messages were published, from index 0.
 * @param {number} bills
 * @returns {number[]} The index of every bill's newest message, -1 for none; bill 1 comes first.
 */
export function newestIndexes(count, bills) {
  const newest = Array.from({ length: bills }, () => -1);
  for (let index = 0; index < count; ++index) newest[billOf(index, bills) - 1] = index;
  return newest;
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} index
 * @returns {T}
 */
function pick(list, index) {
  return /** @type {T} */ (list[index % list.length]);
}
