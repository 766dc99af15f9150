import {
  ConfigurationError,
  describeValue,
  type ConfigurationProblem,
} from './configuration-error.js';
import { Rule } from './rule.js';

type Fields = Readonly<Record<string, unknown>>;
interface AnySchema {
  readonly [field: string]: Rule | AnySchema;
}

/**
 * `base` with what `custom` says instead, field by field; `undefined` leaves a field as it was. Throws one
 * ConfigurationError that names every unknown field and every value that is not allowed.
 */
export function resolveConfig<Config extends object>(
  schema: object,
  base: Config,
  custom: unknown,
  path = '',
): Config {
  const problems: ConfigurationProblem[] = [];
  const resolved = resolveSection(schema as AnySchema, base as Fields, custom, path, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return resolved as Config;
}

function resolveSection(
  schema: AnySchema,
  base: Fields,
  custom: unknown,
  path: string,
  problems: ConfigurationProblem[],
): Fields {
  const fields = Object.keys(schema);
  if (custom !== undefined && !isPlain(custom)) {
    const allowed = `an object with any of ${fields.join(', ')}`;
    problems.push({ field: path || 'The configuration', value: describeValue(custom), allowed });
    return base;
  }
  const given = custom ?? {};
  for (const field of Object.keys(given)) {
    if (Object.hasOwn(schema, field)) continue;
    const where = path === '' ? 'the configuration' : path;
    const allowed = `only ${fields.join(', ')} in ${where}`;
    problems.push({ field: join(path, field), value: 'not a known field', allowed });
  }
  const resolved: Record<string, unknown> = {};
  for (const field of fields) {
    const rule = schema[field] as Rule | AnySchema;
    const value = Object.hasOwn(given, field) ? given[field] : undefined;
    if (!(rule instanceof Rule)) {
      const section = base[field] as Fields;
      resolved[field] = resolveSection(rule, section, value, join(path, field), problems);
      continue;
    }
    const chosen = value === undefined ? base[field] : value;
    if (!rule.accepts(chosen)) {
      const { allowed } = rule;
      problems.push({ field: join(path, field), value: describeValue(chosen), allowed });
    }
    // A list of the caller's may change later; what was checked is kept.
    if (chosen !== undefined) resolved[field] = Array.isArray(chosen) ? chosen.slice() : chosen;
  }
  return resolved;
}

function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
