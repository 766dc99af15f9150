import type { Edit } from './edit.js';

/** What a person has to look at. */
export interface Remark {
  readonly kind: 'unchanged' | 'check';
  /** Where in the original text, in UTF-16 units. */
  readonly offset: number;
  readonly text: string;
}

/** Line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Located {
  readonly start?: number | null | undefined;
}

/** `node` is left as it is, because of `text`. */
export function leftUnchanged(node: Located, text: string): Remark {
  return { kind: 'unchanged', offset: node.start ?? 0, text };
}

/** `node` was changed, but not all that depends on it can be seen. */
export function toCheck(node: Located, text: string): Remark {
  return { kind: 'check', offset: node.start ?? 0, text };
}

/** Where `offset` of the original is after `edits`. */
export function offsetAfter(offset: number, edits: readonly Edit[]): number {
  const before = edits.filter(({ start, end }) => end <= offset && start < offset);
  return before.reduce(
    (moved, { start, end, text }) => moved + text.length - (end - start),
    offset,
  );
}

export function positionIn(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
