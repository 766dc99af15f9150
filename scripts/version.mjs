/**
 * Whether a dotted version is the minimum or newer.
 *
 * @param {string} version such as `3.1.69`
 * @param {string} minimum
 */
export function isAtLeast(version, minimum) {
  const [left, right] = [version, minimum].map((text) => text.split('.').map(Number));
  for (const [index, part] of (right ?? []).entries()) {
    const difference = (left?.[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
