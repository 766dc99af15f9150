/**
 * Filters of a subscription: every named field equals the value, or is one of the listed values.
 * A field is looked for in the update's data, in the update itself (`type` is the update's type)
 * and in the message, its `data` and its `notification`, in both spellings; it is enough that one of these places holds it. Values are
 * compared as text, so that 5 equals "5", as ids occur in both forms.
 */

import { describe, isObject, readField, toSnakeCase } from './fields.js';

/** @typedef {Map<string, Set<string>>} Filters Allowed values, as text, by field name in snake_case. */

const MAXIMUM_FILTER_FIELDS = 20;
const MAXIMUM_FILTER_VALUES = 100;

/**
 * @param {unknown} value The `filters` field of a subscribe message.
 * @returns {{ filters: Filters | null } | { error: string }} Null when nothing is filtered.
 */
export function readFilters(value) {
  if (value === undefined || value === null) return { filters: null };
  if (!isObject(value)) {
    return { error: `filters is ${describe(value)}; allowed: an object of field names and values` };
  }
  const names = Object.keys(value);
  if (names.length === 0) return { filters: null };
  if (names.length > MAXIMUM_FILTER_FIELDS) {
    return {
      error: `filters has ${names.length} fields; allowed: at most ${MAXIMUM_FILTER_FIELDS}`,
    };
  }
  /** @type {Filters} */
  const filters = new Map();
  for (const name of names) {
    const values = Array.isArray(value[name]) ? value[name] : [value[name]];
    if (values.length > MAXIMUM_FILTER_VALUES || values.some((one) => typeof one === 'object')) {
      const rule = `a text, a number, true, false, or a list of at most ${MAXIMUM_FILTER_VALUES} of these`;
      return {
        error: `filters.${name.slice(0, 60)} is ${describe(value[name])}; allowed: ${rule}`,
      };
    }
    filters.set(toSnakeCase(name), new Set(values.map(String)));
  }
  return { filters };
}

/**
 * @param {Filters} filters
 * @param {import('./event.js').GatewayEvent} event
 * @returns {boolean} True when any update of the event (or what else it tells) passes.
 */
export function eventMatches(filters, event) {
  if (event.updates.length === 0) {
    const { data, notification } = event.message;
    return matches(filters, [
      event.message,
      event.metrics,
      isObject(data) ? data : null,
      isObject(notification) ? notification : null,
    ]);
  }
  return event.updates.some((update) => updateMatches(filters, update, event.message));
}

/**
 * @param {Filters} filters
 * @param {import('./event.js').BillUpdate} update
 * @param {import('./fields.js').Fields} [message] The message that carried the update.
 * @returns {boolean}
 */
export function updateMatches(filters, update, message) {
  return matches(filters, [update.data, /** @type {any} */ (update), message ?? null]);
}

/**
 * @param {Filters} filters
 * @param {(import('./fields.js').Fields | null)[]} places
 * @returns {boolean}
 */
function matches(filters, places) {
  for (const [name, allowed] of filters) {
    const found = places.some((place) => {
      const value = place === null ? undefined : readField(place, name);
      return value !== undefined && typeof value !== 'object' && allowed.has(String(value));
    });
    if (!found) return false;
  }
  return true;
}
