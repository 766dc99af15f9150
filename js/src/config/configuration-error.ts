import { EngineError } from '../engine/engine-error.js';

/** One wrong field: which, what it is, and what it may be. */
export interface ConfigurationProblem {
  /** Such as `websocket.heartbeat.interval`, or the name of an environment variable. */
  readonly field: string;
  /** The value as a person may see it: shortened, and addresses without their query. */
  readonly value: string;
  readonly allowed: string;
}

/** A configuration or an environment variable is not valid; the message names every wrong field. */
export class ConfigurationError extends EngineError {
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    const sentences = problems.map(
      ({ field, value, allowed }) => `${field} is ${value}; allowed: ${allowed}.`,
    );
    super('invalid-config', sentences.join('\n'));
    this.problems = problems;
  }
}

const longestShown = 80;

/** How an error message shows a value. Queries, fragments and credentials of addresses may hold secrets. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    const shown = value.replace(/\/\/[^/?#]*@/, '//…@').replace(/[?#].+$/s, '?…');
    return JSON.stringify(shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown);
  }
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `[${value.map(describeValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
