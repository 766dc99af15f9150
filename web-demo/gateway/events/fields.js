/**
 * Reading fields of messages from outside. Every field and every type exists in two spellings in
 * the wild (`bill_id` and `billId`); both are accepted, alone or mixed. Values are judged here and
 * described in error texts, which name what was wrong, where, and what is allowed.
 */

/** @typedef {Record<string, unknown>} Fields */

/**
 * @param {unknown} value
 * @returns {value is Fields}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAXIMUM_REMEMBERED = 1000;
const LONGEST_REMEMBERED_CHARACTERS = 100;

/** @type {(snakeCase: string) => string} `bill_id` becomes `billId`. */
const toCamelCase = remembering((snakeCase) =>
  snakeCase.replace(/_([a-z])/g, (_match, letter) => letter.toUpperCase()),
);

/** @type {(name: string) => string} `billId` becomes `bill_id`; snake_case stays as it is. */
export const toSnakeCase = remembering((name) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);

/**
 * @param {(text: string) => string} convert
 * @returns {(text: string) => string} The same, which keeps its first answers: names repeat.
 */
function remembering(convert) {
  /** @type {Map<string, string>} */
  const answers = new Map();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) {
      answer = convert(text);
      if (answers.size < MAXIMUM_REMEMBERED && text.length <= LONGEST_REMEMBERED_CHARACTERS)
        answers.set(text, answer);
    }
    return answer;
  };
}

/**
 * @param {Fields} fields
 * @param {string} name In snake_case.
 * @returns {unknown} The field's value in whichever spelling is present, snake_case first.
 */
export function readField(fields, name) {
  if (Object.hasOwn(fields, name)) return fields[name];
  const camelCase = toCamelCase(name);
  return Object.hasOwn(fields, camelCase) ? fields[camelCase] : undefined;
}

export const BILL_ID_RULE = 'a whole number from 0 to 9007199254740991, as a number or as digits';

/**
 * @param {unknown} value
 * @returns {string | null} The bill id as digits, or null when it is not a bill id.
 */
export function readBillId(value) {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  }
  if (typeof value !== 'string' || !/^\d{1,16}$/.test(value)) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? String(number) : null;
}

export const ID_RULE = 'a text of 1 to 128 bytes, or a whole number';

const LONGEST_ID_BYTES = 128;

/**
 * @param {unknown} value
 * @returns {string | undefined} Any other id as text; 123 and "123" are the same.
 */
export function readId(value) {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  return Buffer.byteLength(value) <= LONGEST_ID_BYTES ? value : undefined;
}

/**
 * @param {unknown} topic
 * @returns {string | null} The bill id of a topic `bill:ID`, or null.
 */
export function billIdOfTopic(topic) {
  return typeof topic === 'string' && topic.startsWith('bill:') ? readBillId(topic.slice(5)) : null;
}

const LONGEST_DESCRIPTION_CHARACTERS = 60;

/**
 * @param {unknown} value
 * @returns {string} A short description for an error text, such as `missing` or `"abc"`.
 */
export function describe(value) {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isObject(value)) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST_DESCRIPTION_CHARACTERS
    ? `${text.slice(0, LONGEST_DESCRIPTION_CHARACTERS)}…`
    : text;
}
