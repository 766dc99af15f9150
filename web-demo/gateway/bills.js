/**
 * What the gateway knows of each bill: who it is (for the list of bills), its newest metrics, its
 * last updates (sent to late subscribers) and how often what was published. Bounded: the bill that
 * has been quiet longest is forgotten first, except bills that a feed announced.
 */

import { readField } from './events/fields.js';

/**
 * @typedef {object} BillDescription A bill as `GET /bills` lists it.
 * @property {number} id
 * @property {string} number What people call it, such as `H.R. 22`.
 * @property {string} title
 * @property {'billstatus' | 'synthetic' | 'published'} source
 * @property {string | null} status The newest status, null before the first.
 * @property {string} [sponsor]
 * @property {string} [committee]
 * @property {string} [introduced] A date, YYYY-MM-DD.
 * @property {number} [congress]
 * @property {{ actions: number, amendments: number, votes: number }} [counts] What the files hold.
 */

/**
 * @typedef {object} Bill
 * @property {BillDescription} description
 * @property {boolean} announced
 * @property {import('./events/event.js').GatewayEvent | null} metrics The newest metrics.
 * @property {import('./events/event.js').BillUpdate[]} history Oldest first.
 * @property {Record<string, number>} counts Published updates and metrics by type.
 */

const MAXIMUM_BILLS = 10_000;

export class Bills {
  /** @type {Map<string, Bill>} In order of their last event, quietest first. */
  #bills = new Map();
  historySize;

  /** @param {number} historySize Updates kept per bill for late subscribers; 0 keeps none. */
  constructor(historySize) {
    this.historySize = historySize;
  }

  /** @param {BillDescription} description */
  announce(description) {
    const bill = this.#bills.get(String(description.id)) ?? emptyBill(description);
    bill.description = description;
    bill.announced = true;
    this.#bills.set(String(description.id), bill);
  }

  /** @param {import('./events/event.js').GatewayEvent} event News of people, which are not of a bill itself, are ignored. */
  record(event) {
    const { billId } = event;
    if (billId === null || (event.metrics === null && event.updates.length === 0)) return;
    const bill = this.#bills.get(billId) ?? emptyBill(unknownBill(billId, event));
    this.#bills.delete(billId);
    this.#bills.set(billId, bill);
    if (event.metrics !== null) {
      bill.metrics = event;
      count(bill, 'engagement_metrics');
    }
    for (const update of event.updates) {
      count(bill, update.type);
      if (update.type === 'status_change') {
        const status = readField(update.data, 'new_status');
        if (typeof status === 'string') bill.description.status = status;
      }
      if (this.historySize === 0) continue;
      bill.history.push(update);
      if (bill.history.length > this.historySize) bill.history.shift();
    }
    if (this.#bills.size > MAXIMUM_BILLS) this.#forgetQuietest();
  }

  /**
   * @param {string} billId
   * @returns {Bill | undefined}
   */
  get(billId) {
    return this.#bills.get(billId);
  }

  get size() {
    return this.#bills.size;
  }

  /** @returns {BillDescription[]} In order of their ids. */
  list() {
    return [...this.#bills.values()].map((bill) => bill.description).sort((a, b) => a.id - b.id);
  }

  /** @returns {IterableIterator<[string, Bill]>} */
  entries() {
    return this.#bills.entries();
  }

  #forgetQuietest() {
    for (const [billId, bill] of this.#bills) {
      if (bill.announced) continue;
      this.#bills.delete(billId);
      return;
    }
  }
}

/**
 * @param {BillDescription} description
 * @returns {Bill}
 */
function emptyBill(description) {
  return { description, announced: false, metrics: null, history: [], counts: {} };
}

/**
 * @param {string} billId
 * @param {import('./events/event.js').GatewayEvent} event
 * @returns {BillDescription} For a bill that nobody announced.
 */
function unknownBill(billId, event) {
  const title = event.updates[0]?.data.title;
  return {
    id: Number(billId),
    number: `Bill ${billId}`,
    title: typeof title === 'string' ? title : `Bill ${billId}`,
    source: 'published',
    status: null,
  };
}

/**
 * @param {Bill} bill
 * @param {string} type
 */
function count(bill, type) {
  bill.counts[type] = (bill.counts[type] ?? 0) + 1;
}
