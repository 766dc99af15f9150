/** Why a connection is closed, as its closing frame can say it. */

const MOST_BYTES = 123;

/**
 * @param {string} text
 * @returns {string} As much of it as fits.
 */
export function closingReason(text) {
  const bytes = Buffer.from(text);
  if (bytes.length <= MOST_BYTES) return text;
  return (
    bytes
      .subarray(0, MOST_BYTES - 3)
      .toString()
      .replace(/\uFFFD$/, '') + '…'
  );
}
