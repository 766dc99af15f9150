/** What one value may be. */
export class Rule {
  constructor(
    /** Ends the sentence "allowed: …". */
    readonly allowed: string,
    readonly accepts: (value: unknown) => boolean,
  ) {}
}

/** The longest time a timer of a browser can wait. */
const longestWaitMs = 2_147_483_647;

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

export const boolean = new Rule('true or false', (value) => typeof value === 'boolean');

export function milliseconds(least = 1): Rule {
  return new Rule(`a whole number of milliseconds from ${least} to ${longestWaitMs}`, (value) =>
    isWhole(value, least, longestWaitMs),
  );
}

export function count(least: number, most: number): Rule {
  return new Rule(`a whole number from ${least} to ${most}`, (value) =>
    isWhole(value, least, most),
  );
}

export const attempts = new Rule(
  'a whole number from 0 to 1000000, or Infinity',
  (value) => value === Infinity || isWhole(value, 0, 1_000_000),
);

export function oneOf(...values: readonly string[]): Rule {
  const allowed = values.map((value) => `'${value}'`).join(' or ');
  return new Rule(allowed, (value) => values.includes(value as string));
}

export const optionalFunction = new Rule(
  'a function',
  (value) => value === undefined || typeof value === 'function',
);

export const optionalLogger = new Rule(
  'an object with the functions error, warn, info and debug, such as console',
  (value) =>
    value === undefined ||
    (value !== null &&
      ['error', 'warn', 'info', 'debug'].every(
        (level) => typeof (value as Record<string, unknown>)[level] === 'function',
      )),
);

export const webSocketUrl = new Rule(
  'an absolute ws: or wss: address without a fragment',
  (value) => {
    if (typeof value !== 'string' || value.includes('#') || !URL.canParse(value)) return false;
    const { protocol, hostname } = new URL(value);
    return (protocol === 'ws:' || protocol === 'wss:') && hostname !== '';
  },
);

/** RFC 9110, section 5.6.2: what a subprotocol may be made of. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

export const subprotocols = new Rule(
  'a list of different subprotocol names without spaces or separators',
  (value) =>
    Array.isArray(value) &&
    value.every((name) => typeof name === 'string' && token.test(name)) &&
    new Set(value).size === value.length,
);

export const origins = new Rule(
  "a list of origins such as 'https://example.org'",
  (value) => Array.isArray(value) && value.every((origin) => isOrigin(origin)),
);

function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;
}
