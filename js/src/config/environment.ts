import type {} from './import-meta.js';
import type { WebSocketConfigInput } from '../types.js';
import {
  ConfigurationError,
  describeValue,
  type ConfigurationProblem,
} from './configuration-error.js';
import type { Rule } from './rule.js';
import { webSocketSchema } from './schema.js';

/** The variables the package reads, as text. */
export interface EnvironmentVariables {
  VITE_WS_URL?: string | undefined;
  VITE_WS_HEARTBEAT_INTERVAL?: string | undefined;
  VITE_WS_RECONNECT_ATTEMPTS?: string | undefined;
  VITE_WS_RECONNECT_DELAY?: string | undefined;
  VITE_WS_COMPRESSION_ENABLED?: string | undefined;
  VITE_WS_BATCHING_ENABLED?: string | undefined;
}

export type EnvironmentMode = 'development' | 'production' | 'other';

export interface Environment {
  readonly mode: EnvironmentMode;
  readonly variables: EnvironmentVariables;
}

/** What the bundler or the process says. An empty variable counts as not set. */
export function currentEnvironment(): Environment {
  const meta = metaEnvironment();
  // Written out name by name: bundlers replace these expressions, and only these, by their values.
  const variables: EnvironmentVariables = {
    VITE_WS_URL: meta.VITE_WS_URL ?? given(() => process.env.VITE_WS_URL),
    VITE_WS_HEARTBEAT_INTERVAL:
      meta.VITE_WS_HEARTBEAT_INTERVAL ?? given(() => process.env.VITE_WS_HEARTBEAT_INTERVAL),
    VITE_WS_RECONNECT_ATTEMPTS:
      meta.VITE_WS_RECONNECT_ATTEMPTS ?? given(() => process.env.VITE_WS_RECONNECT_ATTEMPTS),
    VITE_WS_RECONNECT_DELAY:
      meta.VITE_WS_RECONNECT_DELAY ?? given(() => process.env.VITE_WS_RECONNECT_DELAY),
    VITE_WS_COMPRESSION_ENABLED:
      meta.VITE_WS_COMPRESSION_ENABLED ?? given(() => process.env.VITE_WS_COMPRESSION_ENABLED),
    VITE_WS_BATCHING_ENABLED:
      meta.VITE_WS_BATCHING_ENABLED ?? given(() => process.env.VITE_WS_BATCHING_ENABLED),
  };
  const nodeMode = given(() => process.env.NODE_ENV);
  return { mode: modeOf(meta.MODE, meta.PROD === true ? 'production' : nodeMode), variables };
}

/** Vite's MODE may have any name, such as "staging"; then the second name decides. */
function modeOf(...names: readonly (string | undefined)[]): EnvironmentMode {
  for (const name of names) {
    if (name === 'development' || name === 'production') return name;
  }
  return 'other';
}

/** Throws one ConfigurationError that names every malformed variable. */
export function configOfVariables(variables: EnvironmentVariables): WebSocketConfigInput {
  const problems: ConfigurationProblem[] = [];
  const { heartbeat, reconnect, message } = webSocketSchema;

  function read(
    name: keyof EnvironmentVariables,
    rule: Rule,
    parse: (text: string) => unknown = (text) => text,
  ): unknown {
    const text = variables[name]?.trim();
    if (text === undefined || text === '') return undefined;
    const value = parse(text);
    if (rule.accepts(value)) return value;
    problems.push({ field: name, value: describeValue(text), allowed: rule.allowed });
    return undefined;
  }

  const input = {
    url: read('VITE_WS_URL', webSocketSchema.url),
    heartbeat: {
      interval: read('VITE_WS_HEARTBEAT_INTERVAL', heartbeat.interval, parseNumber),
    },
    reconnect: {
      maxAttempts: read('VITE_WS_RECONNECT_ATTEMPTS', reconnect.maxAttempts, parseNumber),
      delay: read('VITE_WS_RECONNECT_DELAY', reconnect.delay, parseNumber),
    },
    message: {
      compression: read('VITE_WS_COMPRESSION_ENABLED', message.compression, parseBoolean),
      batching: read('VITE_WS_BATCHING_ENABLED', message.batching, parseBoolean),
    },
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  // The rules have accepted what is there; resolving ignores what is undefined.
  return input as WebSocketConfigInput;
}

function parseNumber(text: string): unknown {
  return /^\d+$/.test(text) || text === 'Infinity' ? Number(text) : text;
}

function parseBoolean(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return text;
}

type MetaEnvironment = EnvironmentVariables & { MODE?: string | undefined; PROD?: boolean };

/** Only bundlers in Vite's tradition have `import.meta.env`, and they look for exactly these words. */
function metaEnvironment(): MetaEnvironment {
  // Declared as always there, as Vite declares it.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
  return import.meta.env ?? {};
}

/** `process` may not exist, and a bundler may have replaced the whole expression. */
function given(read: () => string | undefined): string | undefined {
  try {
    const value = read();
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

declare const process: { env: EnvironmentVariables & { NODE_ENV?: string | undefined } };
