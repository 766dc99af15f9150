/**
 * Names of bills and amendments of the United States Congress, and the numeric id the gateway gives
 * a bill: congress * 1,000,000 + kind * 100,000 + number, with the kinds hr 1, s 2, hjres 3,
 * sjres 4, hconres 5, sconres 6, hres 7, sres 8. So H.R. 22 of the 114th Congress is 114100022.
 * Unique while numbers stay below 100,000, and below 2^31 up to the 2147th Congress.
 */

/** @type {Record<string, { kind: number, name: string }>} */
const BILL_TYPES = {
  hr: { kind: 1, name: 'H.R.' },
  s: { kind: 2, name: 'S.' },
  hjres: { kind: 3, name: 'H.J.Res.' },
  sjres: { kind: 4, name: 'S.J.Res.' },
  hconres: { kind: 5, name: 'H.Con.Res.' },
  sconres: { kind: 6, name: 'S.Con.Res.' },
  hres: { kind: 7, name: 'H.Res.' },
  sres: { kind: 8, name: 'S.Res.' },
};

const BILL_TYPE_NAMES = Object.keys(BILL_TYPES);

/**
 * @typedef {object} BillName
 * @property {number} congress
 * @property {string} type In lower case, such as `hconres`.
 * @property {number} number
 * @property {number} id
 * @property {string} name Such as `H.Con.Res. 70`.
 * @property {string} key Such as `114-hconres-70`.
 */

/**
 * @param {string} congress
 * @param {string} type
 * @param {string} number
 * @returns {BillName}
 * @throws {Error} When one of them is missing or wrong; names the field.
 */
export function nameBill(congress, type, number) {
  const lower = type.toLowerCase();
  const known = Object.hasOwn(BILL_TYPES, lower) ? BILL_TYPES[lower] : undefined;
  if (!/^\d{1,4}$/.test(congress))
    throw new Error(`congress is ${quote(congress)}; allowed: a number`);
  if (known === undefined)
    throw new Error(`bill type is ${quote(type)}; allowed: ${BILL_TYPE_NAMES.join(', ')}`);
  if (!/^\d{1,5}$/.test(number))
    throw new Error(`bill number is ${quote(number)}; allowed: a number below 100000`);
  const numbers = { congress: Number(congress), number: Number(number) };
  return {
    ...numbers,
    type: lower,
    id: numbers.congress * 1_000_000 + known.kind * 100_000 + numbers.number,
    name: `${known.name} ${numbers.number}`,
    key: `${numbers.congress}-${lower}-${numbers.number}`,
  };
}

/** @type {Record<string, string>} */
const AMENDMENT_TYPES = { hamdt: 'H.Amdt.', samdt: 'S.Amdt.', suamdt: 'S.UP.Amdt.' };

/**
 * @param {string} type
 * @param {string} number
 * @returns {string} Such as `S.Amdt. 675`.
 */
export function nameAmendment(type, number) {
  return `${AMENDMENT_TYPES[type.toLowerCase()] ?? 'Amendment'} ${number}`.trim();
}

/** @param {string} text */
function quote(text) {
  return text === '' ? 'missing' : JSON.stringify(text.slice(0, 60));
}
