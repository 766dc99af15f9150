/** The members of an update, under either of the two spellings servers use (`new_status`, `newStatus`). */
export type Fields = Readonly<Record<string, unknown>>;

export function readField(fields: Fields, name: string): unknown {
  return fields[name] ?? fields[camelCase(name)];
}

/** The text, or undefined where there is none or an empty one. */
export function readText(fields: Fields, name: string): string | undefined {
  const value = readField(fields, name);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function readNumber(fields: Fields, name: string): number | undefined {
  const value = readField(fields, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
}
