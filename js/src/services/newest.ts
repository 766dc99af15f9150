interface Arriving {
  readonly arrival: number;
}

/** The `limit` that arrived last of several lists that have the oldest first; newest first. */
export function newestOf<Item extends Arriving>(
  lists: readonly (readonly Item[])[],
  limit: number,
): Item[] {
  const wanted = Math.max(0, Math.floor(limit));
  if (wanted === 0) return [];
  return lists
    .flatMap((list) => list.slice(-wanted))
    .sort((one, other) => other.arrival - one.arrival)
    .slice(0, wanted);
}
