/**
 * The bill updates every subject is sent: the same sequence for all of them, no message like another.
 *
 * @typedef {object} MessageForm
 * @property {number} bills How many bills they are about, from 1.
 * @property {number} bytes Size of a message's JSON as UTF-8, within a few bytes; at least 200.
 * @property {'ascii' | 'international'} text
 * @property {boolean} isStamped Each says in `sentAt` when it was published, in milliseconds since the Unix epoch.
 */

const STATUSES = ['introduced', 'committee', 'reported', 'passed', 'enrolled', 'signed'];
const TYPES = ['status_change', 'amendment', 'new_comment', 'voting_scheduled'];
const NOTES = {
  ascii:
    'Referred to the joint committee on public participation, which hears the counties on the budget before the vote and reports to the house. ',
  international:
    'Übermittelt an den Ausschuss; réunion à l’Assemblée, señal pública, закон о бюджете, 市民の参加, Bürgerbeteiligung, naïve Einwände, žádost. ',
};

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
 * @param {MessageForm} form
 */
export function billUpdate(index, { bills, bytes, text, isStamped }) {
  const data = {
    index,
    oldStatus: pick(STATUSES, index),
    newStatus: pick(STATUSES, index + 1),
    ...(isStamped && { sentAt: performance.timeOrigin + performance.now() }),
    note: '',
  };
  const message = {
    type: 'bill_update',
    bill_id: billOf(index, bills),
    update: { type: pick(TYPES, index), data },
    timestamp: new Date(1_700_000_000_000 + index * 37).toISOString(),
  };
  data.note = noteOf(text, index, bytes - JSON.stringify(message).length);
  return message;
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
 * @param {MessageForm['text']} text
 * @param {number} index Where in the text it begins.
 * @param {number} bytes
 */
function noteOf(text, index, bytes) {
  const source = NOTES[text];
  const start = index % source.length;
  const words = (source.slice(start) + source).repeat(1 + Math.floor(bytes / source.length));
  let length = Math.max(bytes, 0);
  if (text === 'international') {
    // Its characters are 1 to 3 bytes, 1.2 on average over the text.
    length = Math.floor((length * source.length) / Buffer.byteLength(source));
  }
  return words.slice(0, length);
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
