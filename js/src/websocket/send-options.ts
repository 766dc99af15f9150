import { describeValue } from '../config/configuration-error.js';
import { EngineError } from '../engine/engine-error.js';
import type { SendOptions } from '../types.js';

const longestKey = 256;

const rules: Readonly<
  Record<
    keyof SendOptions,
    { readonly allowed: string; readonly accepts: (value: unknown) => boolean }
  >
> = {
  expiresInMs: {
    allowed: 'a number of milliseconds over 0',
    accepts: (value) => Number.isFinite(value) && (value as number) > 0,
  },
  whenFull: {
    allowed: "'reject' or 'dropOldest'",
    accepts: (value) => value === 'reject' || value === 'dropOldest',
  },
  key: {
    allowed: `a text of 1 to ${longestKey} characters`,
    accepts: (value) => typeof value === 'string' && value.length > 0 && value.length <= longestKey,
  },
};

/** The options as JSON, as the engine takes them; empty without any. Throws one error that names everything wrong. */
export function sendOptionsText(options: SendOptions | undefined): string {
  if (options === undefined) return '';
  const given: unknown = options;
  const names = Object.keys(rules).join(', ');
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalid(
      `The options of send are ${describeValue(given)}; allowed: an object with any of ${names}.`,
    );
  }
  const problems = Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
    if (!Object.hasOwn(rules, name)) return [`send has no option ${name}; allowed: ${names}.`];
    const { allowed, accepts } = rules[name as keyof SendOptions];
    if (value === undefined || accepts(value)) return [];
    return [`The option ${name} of send is ${describeValue(value)}; allowed: ${allowed}.`];
  });
  if (problems.length > 0) throw invalid(problems.join('\n'));
  const text = JSON.stringify(given);
  return text === '{}' ? '' : text;
}

function invalid(message: string): EngineError {
  return new EngineError('invalid-argument', message);
}
